import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../src/ingest/ingest.ts';
import type { JudgedQuery } from '../../src/quality/evaluate/collection.ts';
import { measureRun } from '../../src/quality/evaluate/evaluate.ts';
import { retrieve } from '../../src/quality/evaluate/retrieve.ts';
import type { Run } from '../../src/quality/evaluate/run.ts';
import { type Engine, type Snapshot, withSnapshot } from '../../src/search/engine.ts';
import { SEARCH_MODES, type SearchMode } from '../../src/search/mode.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { readTestCollection, type TestCollection } from '../eval/collections.ts';
import { MeasuredCorpus } from './corpus.ts';
import { measureLatency } from './measure.ts';
import type { Comparison, EngineFigures } from './record.ts';
import type { CachedVectors } from './vectors.ts';

/** Papers ranked for a query: as many as recall@100 looks at. */
const DEPTH = 100;
/** Queries that are asked at the same time, except where latencies are measured. */
const AT_ONCE = 8;
/** Queries of which latencies are measured. */
const TIMED = 50;

/** Measures both engines on a collection. @param say called with progress messages. */
export async function compareEngines(
  collections: string,
  name: string,
  nodes: readonly string[],
  vectors: CachedVectors,
  say: (message: string) => void,
): Promise<Comparison> {
  const collection = await readTestCollection(collections, name);
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-figures-'));
  const corpus = await MeasuredCorpus.make(nodes, vectors);
  try {
    const index = join(folder, 'index');
    const started = performance.now();
    const { papers } = await ingest([collection.corpus], { index, encoder: vectors, corpusMap: false });
    const ownSeconds = (performance.now() - started) / 1000;
    say(`${name}: ${papers} papers, embedded after ${ownSeconds.toFixed(0)} s`);
    const own = await measured(await openIndex(index, { encoder: vectors }), collection, say);
    const { papers: there, seconds } = await corpus.ingest(collection.corpus);
    say(`${name}: ${there} papers in the cluster after ${seconds.toFixed(0)} s`);
    if (there !== papers) throw new Error(`${name}: ${papers} papers embedded, ${there} in the cluster.`);
    const other = await measured(await corpus.open(), collection, say);
    const { snapshotBytes, keysBytes } = await corpus.cost(true);
    return {
      collection: name,
      papers,
      queries: collection.judged.get('test')!.length,
      embedded: { ...own.figures, ingestSeconds: ownSeconds },
      cluster: { ...other.figures, bytes: snapshotBytes, ingestSeconds: seconds },
      keysBytes,
      sameFirstTen: byMode((mode) => sameFirstTen(own.runs[mode], other.runs[mode])),
    };
  } finally {
    await corpus.end();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly figures: Omit<EngineFigures, 'ingestSeconds'>;
  readonly runs: Readonly<Record<SearchMode, Run>>;
}

async function measured(
  engine: Engine,
  { name, judged }: TestCollection,
  say: (message: string) => void,
): Promise<Measured> {
  const queries = judged.get('test')!;
  try {
    return await withSnapshot(engine, async (snapshot) => {
      const runs = {} as Record<SearchMode, Run>;
      for (const mode of SEARCH_MODES) {
        runs[mode] = await retrieveAtOnce(snapshot, queries, mode);
        say(`${name}: ${mode}, ${queries.length} queries`);
      }
      const measures = byMode((mode) => measureRun(runs[mode], queries));
      const latency = await measureLatency(
        snapshot,
        queries.slice(0, TIMED).map(({ text }) => text),
      );
      const { bytes } = await snapshot.stats();
      return {
        figures: {
          ndcg10: byMode((mode) => measures[mode]['ndcg@10']),
          recall100: byMode((mode) => measures[mode]['recall@100']),
          latency,
          bytes,
        },
        runs,
      };
    });
  } finally {
    await engine.close();
  }
}

/** Runs queries in parts at the same time: what is measured here is their answers. */
async function retrieveAtOnce(
  snapshot: Snapshot,
  queries: readonly JudgedQuery[],
  mode: SearchMode,
): Promise<Run> {
  const parts = Array.from({ length: AT_ONCE }, (_, part) =>
    queries.filter((_, position) => position % AT_ONCE === part),
  );
  const options = { mode, depth: DEPTH, fallback: false };
  const runs = await Promise.all(parts.map((part) => retrieve(snapshot, part, options)));
  return new Map(runs.flatMap((run) => [...run]));
}

function sameFirstTen(one: Run, other: Run): number {
  const firstTen = (run: Run, id: string) =>
    (run.get(id) ?? [])
      .slice(0, 10)
      .map(({ id: paper }) => paper)
      .join(' ');
  return [...one.keys()].filter((id) => firstTen(one, id) === firstTen(other, id)).length;
}

function byMode<T>(of: (mode: SearchMode) => T): Record<SearchMode, T> {
  return Object.fromEntries(SEARCH_MODES.map((mode) => [mode, of(mode)])) as Record<SearchMode, T>;
}
