import { PaperSearchError } from '../errors.ts';
import type { FusionName } from '../fusion/methods.ts';
import type { Searcher } from '../search/searcher.ts';
import type { Progress, SearchMode } from '../types.ts';
import { type JudgedQuery, type Qrels, readQrels, readQueries } from './collection.ts';
import { ndcgAt } from './metrics/ndcg.ts';
import { recallAt } from './metrics/recall.ts';

export type EvaluatedMode = SearchMode | 'related';

export interface EvaluateOptions {
  readonly mode: EvaluatedMode;
  /** Name of the judgments: `qrels/NAME.tsv`. Default `test`. */
  readonly qrels?: string | undefined;
  /** How `hybrid` fuses. Default: as the searcher does. */
  readonly fusion?: FusionName | undefined;
  readonly onProgress?: Progress | undefined;
}

/** Means over the judged queries. */
export interface Evaluation {
  readonly mode: EvaluatedMode;
  readonly queries: number;
  readonly 'ndcg@10': number;
  readonly 'recall@10': number;
  readonly 'recall@100': number;
}

const DEPTH = 100;

/**
 * Measures answers against the judgments of a BEIR collection whose corpus the searcher holds.
 * With mode `related` the query is a paper of the corpus itself.
 * @throws PaperSearchError NO_INPUT or BAD_INPUT when the collection is not there, is of another form, or has no
 *   judged paper in the index.
 */
export async function evaluate(
  searcher: Searcher,
  folder: string,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { mode, fusion, qrels: name = 'test', onProgress = () => {} } = options;
  const qrels: Qrels = await readQrels(folder, name);
  const queries = await readQueries(folder, qrels);
  if (queries.length === 0) {
    throw new PaperSearchError('BAD_INPUT', `No query of ${folder} is judged in qrels/${name}.tsv.`);
  }
  await expectCorpus(searcher, qrels);
  const sums = { 'ndcg@10': 0, 'recall@10': 0, 'recall@100': 0 };
  let done = 0;
  for (const query of queries) {
    const ranked = await answer(searcher, query, mode, fusion);
    const gains = qrels.get(query.id)!;
    sums['ndcg@10'] += ndcgAt(10, ranked, gains);
    sums['recall@10'] += recallAt(10, ranked, gains);
    sums['recall@100'] += recallAt(100, ranked, gains);
    onProgress(++done, queries.length);
  }
  const mean = (sum: number) => sum / queries.length;
  return {
    mode,
    queries: queries.length,
    'ndcg@10': mean(sums['ndcg@10']),
    'recall@10': mean(sums['recall@10']),
    'recall@100': mean(sums['recall@100']),
  };
}

/** A score of 0 over another corpus would say nothing. */
async function expectCorpus(searcher: Searcher, qrels: Qrels): Promise<void> {
  const judged = new Set([...qrels.values()].flatMap((gains) => [...gains.keys()]));
  for (const id of judged) {
    const known = await searcher.paper(id).then(
      () => true,
      () => false,
    );
    if (known) return;
  }
  throw new PaperSearchError(
    'BAD_INPUT',
    'The index holds none of the judged papers: is it of another collection?',
  );
}

async function answer(
  searcher: Searcher,
  query: JudgedQuery,
  mode: EvaluatedMode,
  fusion: FusionName | undefined,
): Promise<string[]> {
  const page = { limit: DEPTH, offset: 0 };
  const { hits } =
    mode === 'related'
      ? await searcher.related(query.doc ?? query.id, page)
      : await searcher.search({ query: query.text, mode, fusion, ...page });
  return hits.map(({ paper }) => paper.id);
}
