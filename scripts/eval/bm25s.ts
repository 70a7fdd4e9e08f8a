import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { JudgedQuery } from '../../src/quality/evaluate/collection.ts';
import type { RankedPaper, Run } from '../../src/quality/evaluate/run.ts';
import type { Snapshot } from '../../src/search/engine.ts';

const SCRIPT = fileURLToPath(new URL('rank_with_bm25s.py', import.meta.url));
const PYTHON = process.env.PAPER_SEARCH_PYTHON ?? 'python3';
/** The constant of reciprocal rank fusion in its paper (Cormack, Clarke and Buettcher, SIGIR 2009). */
const RRF_K = 60;

/** Another engine that ranks the papers of a collection. @returns a ranking of at most `depth` papers a query. */
export type OtherEngine = (
  snapshot: Pick<Snapshot, 'papers'>,
  queries: readonly Pick<JudgedQuery, 'id' | 'text'>[],
  depth: number,
) => Promise<Run>;

/** Whether the Python of PAPER_SEARCH_PYTHON (default `python3`) has the packages of requirements.txt. */
export function hasBm25s(): boolean {
  return spawnSync(PYTHON, ['-c', 'import bm25s, Stemmer'], { stdio: 'ignore' }).status === 0;
}

/**
 * Plain BM25 by the Python package bm25s, over title and abstract (`rank_with_bm25s.py` has its parameters).
 * @throws Error with the exit code when Python fails, which writes the reason to standard error.
 */
export const bm25s: OtherEngine = async (snapshot, queries, depth) => {
  const ids: string[] = [];
  const papers: string[] = [];
  for await (const { id, title, abstract } of snapshot.papers()) {
    ids.push(id);
    papers.push(`${title} ${abstract}`);
  }
  const child = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  child.stdin.end(JSON.stringify({ papers, queries: queries.map((query) => query.text), depth }));
  const output = await text(child.stdout);
  const [code] = await closed;
  if (code !== 0) throw new Error(`${PYTHON} ${SCRIPT} ended with ${code}.`);
  const rankings: [number, number][][] = JSON.parse(output);
  return new Map(
    queries.map(({ id }, i) => [id, rankings[i]!.map(([paper, score]) => ({ id: ids[paper]!, score }))]),
  );
};

/**
 * Reciprocal rank fusion of two runs: the sum of 1 / (60 + rank), rank from 1; a paper missing from a run adds 0.
 * @param second whose scores break ties.
 */
export function fusedByRank(first: Run, second: Run): Run {
  return new Map(
    Array.from(second, ([query, ranking]) => {
      const scores = new Map<string, number>();
      for (const list of [first.get(query) ?? [], ranking]) {
        for (const [i, { id }] of list.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (RRF_K + i + 1));
      }
      const tieBreaker = new Map(ranking.map(({ id, score }) => [id, score]));
      const tied = (id: string) => tieBreaker.get(id) ?? Number.NEGATIVE_INFINITY;
      const fused: RankedPaper[] = Array.from(scores, ([id, score]) => ({ id, score }));
      fused.sort((a, b) => b.score - a.score || tied(b.id) - tied(a.id) || (a.id < b.id ? -1 : 1));
      return [query, fused] as const;
    }),
  );
}
