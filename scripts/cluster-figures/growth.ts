import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSnapshot } from '../../src/search/engine.ts';
import { readTestCollection } from '../eval/collections.ts';
import { MeasuredCorpus } from './corpus.ts';
import { measureLatency } from './measure.ts';
import { growthPapers } from './papers.ts';
import type { Growth, GrowthStep } from './record.ts';
import type { CachedVectors } from './vectors.ts';

/** The collection whose queries are asked: they are about papers such as these. */
const QUERIES_OF = 'conference-keywords';
const TIMED = 60;

/**
 * Lets a corpus grow in steps, and measures the cluster after each.
 * @param shards primary shards, without replicas. @param sizes papers at the end of each step, ascending. @param minutes after which no step begins.
 */
export async function measureGrowth(
  collections: string,
  sizes: readonly number[],
  minutes: number,
  shards: number,
  nodes: readonly string[],
  vectors: CachedVectors,
  say: (message: string) => void,
): Promise<Growth> {
  const { judged } = await readTestCollection(collections, QUERIES_OF);
  const queries = judged
    .get('test')!
    .slice(0, TIMED)
    .map(({ text }) => text);
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-figures-'));
  const corpus = await MeasuredCorpus.make(nodes, vectors);
  const papers = growthPapers(collections);
  const steps: GrowthStep[] = [];
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 60_000;
  let written = 0;
  let realTexts = 0;
  try {
    for (const size of sizes) {
      const last = steps.at(-1);
      const expected = last ? (last.ingestSeconds / 60 / last.added) * (size - written) : 0;
      if (elapsed() + expected > minutes) {
        return {
          steps,
          ended: `${size} papers would have taken about ${Math.round(expected)} minutes more.`,
        };
      }
      const lines: string[] = [];
      while (written + lines.length < size) {
        const { value } = await papers.next();
        lines.push(value.line);
        if (value.isReal) realTexts++;
      }
      const file = join(folder, `papers-${size}.jsonl`);
      await writeFile(file, lines.join('\n'));
      const ingested = await corpus.load(file, shards);
      await rm(file);
      written += lines.length;
      say(`${ingested.papers} papers: the last ${lines.length} took ${ingested.seconds.toFixed(0)} s`);
      const realVectors = vectors.real;
      const engine = await corpus.open();
      try {
        const latency = await withSnapshot(engine, (snapshot) => measureLatency(snapshot, queries));
        const cost = await corpus.cost(false);
        const step = { papers: ingested.papers, realTexts, realVectors, added: lines.length, cost, latency };
        steps.push({ ...step, ingestSeconds: ingested.seconds });
        say(`${ingested.papers} papers: ${JSON.stringify({ latency, cost })}`);
      } finally {
        await engine.close();
      }
    }
    return { steps };
  } catch (error) {
    // What was measured before is worth keeping.
    if (steps.length === 0) throw error;
    return { steps, ended: error instanceof Error ? error.message : String(error) };
  } finally {
    await corpus.end();
    await rm(folder, { recursive: true, force: true });
  }
}
