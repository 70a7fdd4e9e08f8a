import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
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
}

/** How much room the first stage leaves. */
export interface Gap {
  readonly first: RunMeasures;
  /** The first 100 papers compared again, sentence by sentence. */
  readonly verifier: RunMeasures;
  /** The first 100 papers in the best order that the judgments allow: what no reordering of them can beat. */
  readonly oracle: RunMeasures;
  /** The verifier against the first stage. */
  readonly comparison: Readonly<Record<MeasureName, Comparison>>;
}

/** Papers that the verifier looks at. */
const DEPTH = 100;

/**
 * Measures hybrid search against a stronger and slower verifier of its own first 100 papers, and against the best
 * order of them. Sentences are encoded, so it takes a second or two a query.
 * @throws PaperSearchError NO_INPUT or BAD_INPUT for a collection that cannot be used.
 */
export async function measureGap(
  snapshot: Snapshot,
  folder: string,
  { qrels = 'test', fusion }: GapOptions = {},
): Promise<Gap> {
  const queries = await readCollection(folder, { qrels, related: false });
  await expectCorpus(snapshot, queries);
  const options = { mode: 'hybrid', fusion, depth: DEPTH, secondLook: false } as const;
  const run = await retrieve(snapshot, queries, options);
  const first = measureRun(run, queries);
  const verifier = measureRun(await retrieve(snapshot, queries, { ...options, rerank: DEPTH }), queries);
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

/** Share of the room between first stage and oracle that the verifier takes; 0 where there is none. */
export function shareTaken({ first, verifier, oracle }: Gap, measure: MeasureName): number {
  const room = oracle[measure] - first[measure];
  return room > 0 ? (verifier[measure] - first[measure]) / room : 0;
}
