import { PaperSearchError } from '../../errors.ts';
import type { Snapshot } from '../../search/engine.ts';
import { type JudgedQuery, readCollection } from './collection.ts';
import { type Measures, meanOf, measuresOf } from './measures.ts';
import { type EvaluatedMode, isRelatedMode } from './modes.ts';
import { type RetrieveOptions, retrieve } from './retrieve.ts';
import type { Run } from './run.ts';

export interface EvaluateOptions extends RetrieveOptions {
  /** Name of the judgments: `qrels/NAME.tsv`. Default `test`. */
  readonly qrels?: string | undefined;
}

/** The measures of one query. */
interface QueryMeasures extends Measures {
  readonly id: string;
}

/** Means over the queries that have a relevant paper, and the values of each query. */
export interface RunMeasures extends Measures {
  /** How many queries. */
  readonly queries: number;
  readonly perQuery: readonly QueryMeasures[];
}

export interface Evaluation extends RunMeasures {
  readonly mode: EvaluatedMode;
  readonly qrels: string;
}

/**
 * Measures answers against the judgments of a BEIR collection whose papers are in the index.
 * With a mode for related papers, each query names its paper in `metadata.doc`.
 * @throws PaperSearchError NO_INPUT or BAD_INPUT when the collection is missing or malformed, or when the index
 *   contains none of its judged papers.
 */
export async function evaluate(
  snapshot: Snapshot,
  folder: string,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { mode, qrels = 'test' } = options;
  const queries = await readCollection(folder, { qrels, related: isRelatedMode(mode) });
  await expectCorpus(snapshot, queries);
  return { mode, qrels, ...measureRun(await retrieve(snapshot, queries, options), queries) };
}

/**
 * Measures a run. A query that is missing from the run scores 0 (trec_eval -c); papers that were not judged are not
 * relevant; queries that are not in the collection are ignored, and so is a query's own paper.
 * @param queries at least one.
 */
export function measureRun(run: Run, queries: readonly JudgedQuery[]): RunMeasures {
  const perQuery = queries.map(({ id, doc, gains }) => {
    const ranked = (run.get(id) ?? []).map((paper) => paper.id).filter((paper) => paper !== doc);
    return { id, ...measuresOf(ranked, gains) };
  });
  return { queries: queries.length, ...meanOf(perQuery), perQuery };
}

/**
 * Checks that an index contains papers of a collection: a score of 0 over another corpus would be meaningless.
 * @throws PaperSearchError BAD_INPUT when it contains none of the judged papers.
 */
export async function expectCorpus(snapshot: Snapshot, queries: readonly JudgedQuery[]): Promise<void> {
  for (const id of new Set(queries.flatMap(({ gains }) => [...gains.keys()]))) {
    const known = await snapshot.paper(id).then(
      () => true,
      () => false,
    );
    if (known) return;
  }
  throw new PaperSearchError(
    'BAD_INPUT',
    'The index contains none of the judged papers. Ingest the papers of this collection first, or choose their index.',
  );
}
