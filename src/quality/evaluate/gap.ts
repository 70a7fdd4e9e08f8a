import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import type { Progress } from '../../util/progress.ts';
import { readCollection } from './collection.ts';
import { compareRuns } from './compare.ts';
import { expectCorpus, measureRun, type RunMeasures } from './evaluate.ts';
import type { MeasureName } from './measures.ts';
import { retrieve } from './retrieve.ts';
import type { Run } from './run.ts';
import type { Comparison } from './significance.ts';

export interface GapOptions {
  /** Name of the judgments. Default `test`. */
  readonly qrels?: string | undefined;
  readonly fusion?: FusionName | undefined;
  /** Called after each query of both rankings. */
  readonly onProgress?: Progress | undefined;
}

/** How much a better order of the first papers could improve the answers. */
export interface Gap {
  readonly first: RunMeasures;
  /** The first 100 papers reranked by their sentences. */
  readonly verifier: RunMeasures;
  /** The first 100 papers in the best order by the judgments, which no reordering of them can beat. */
  readonly oracle: RunMeasures;
  /** The verifier against the first stage. */
  readonly comparison: Readonly<Record<MeasureName, Comparison>>;
}

/** Papers that the verifier reranks. */
const DEPTH = 100;

/**
 * Compares hybrid search with a better and slower verifier, which reranks its first 100 papers, and with the best
 * order of these papers. Encodes sentences, so a query takes a second or two.
 * @throws PaperSearchError NO_INPUT or BAD_INPUT for a collection that is missing or malformed.
 */
export async function measureGap(
  snapshot: Snapshot,
  folder: string,
  { qrels = 'test', fusion, onProgress = () => {} }: GapOptions = {},
): Promise<Gap> {
  const queries = await readCollection(folder, { qrels, related: false });
  await expectCorpus(snapshot, queries);
  const options = { mode: 'hybrid', fusion, depth: DEPTH, fallback: false } as const;
  const total = 2 * queries.length;
  const run = await retrieve(snapshot, queries, {
    ...options,
    onProgress: (done) => onProgress(done, total),
  });
  const first = measureRun(run, queries);
  const reranked = await retrieve(snapshot, queries, {
    ...options,
    rerank: DEPTH,
    onProgress: (done) => onProgress(queries.length + done, total),
  });
  const verifier = measureRun(reranked, queries);
  const best: Run = new Map(
    queries.map(({ id, gains }) => {
      const ranked = [...(run.get(id) ?? [])];
      return [id, ranked.sort((a, b) => (gains.get(b.id) ?? 0) - (gains.get(a.id) ?? 0))];
    }),
  );
  return {
    first,
    verifier,
    oracle: measureRun(best, queries),
    comparison: compareRuns(verifier, first),
  };
}
