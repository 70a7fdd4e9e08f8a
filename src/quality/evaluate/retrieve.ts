import { PaperSearchError } from '../../errors.ts';
import type { Hit, SearchResponse } from '../../search/api.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import { rerankedDepth } from '../../search/rerank/depth.ts';
import type { Progress } from '../../util/progress.ts';
import type { JudgedQuery } from './collection.ts';
import { DEFAULT_DEPTH, type EvaluatedMode, isRelatedMode, SIMILARITIES } from './modes.ts';
import type { Pool } from './pool.ts';
import type { RankedPaper, Run } from './run.ts';

/** How many queries of all modes have been run. */
export interface EvaluateProgress {
  readonly stage: 'searching';
  readonly done: number;
  readonly total: number;
}

export interface RetrieveOptions {
  readonly mode: EvaluatedMode;
  /** How `hybrid` fuses. Default: as the engine does. */
  readonly fusion?: FusionName | undefined;
  /** See `SearchRequest`. Modes for related papers ignore these. */
  readonly rerank?: number | undefined;
  readonly rerankBy?: string | undefined;
  /** See `SearchRequest.fallback`. */
  readonly fallback?: boolean | undefined;
  /** Papers kept a query. Default 1000, as at TREC: average precision uses all of them. */
  readonly depth?: number | undefined;
  /** The papers that are ranked for each query, as in a judged pool; none for a query without. Default: all papers. */
  readonly pool?: Pool | undefined;
  /** Called after each query. */
  readonly onProgress?: Progress | undefined;
  /** Called at the end with the number of answers that should have been reranked and could not be, if there are any. */
  readonly onNotReranked?: ((answers: number) => void) | undefined;
}

/**
 * Runs all queries, one after another. A query's own paper is never in its answer; with a mode for related papers, the
 * papers related to it are asked for instead of the text. Queries of collections are plain texts without operators. A query
 * that is refused (an empty one, a paper that is not in the index) gets an empty answer.
 * @throws PaperSearchError every other error of the search.
 */
export async function retrieve(
  snapshot: Snapshot,
  queries: readonly Omit<JudgedQuery, 'gains'>[],
  options: RetrieveOptions,
): Promise<Run> {
  const { mode, fusion, rerank, rerankBy, fallback, depth = DEFAULT_DEPTH, pool } = options;
  const run = new Map<string, RankedPaper[]>();
  const isReranked = rerankedDepth(options) > 0;
  let notReranked = 0;
  for (const { id, text, doc } of queries) {
    // One more: the query's own paper may be among them, and is dropped.
    const page = { limit: depth + 1, offset: 0 };
    const among = pool && { ids: pool.get(id) ?? [] };
    const asked = isRelatedMode(mode)
      ? snapshot.related({ positive: [doc ?? id], mode: SIMILARITIES[mode], ...page }, among)
      : snapshot.search(
          { query: text, mode, fusion, rerank, rerankBy, fallback, plain: true, highlight: false, ...page },
          among,
        );
    const { hits, reranked }: Answered = await asked.catch(unanswered);
    if (isReranked && hits.length > 0 && !reranked?.papers) notReranked++;
    const others = hits.filter(({ paper }) => paper.id !== doc).slice(0, depth);
    run.set(
      id,
      others.map(({ paper, score }) => ({ id: paper.id, score })),
    );
    options.onProgress?.(run.size, queries.length);
  }
  if (notReranked > 0) options.onNotReranked?.(notReranked);
  return run;
}

/** What is read of an answer. */
interface Answered {
  readonly hits: readonly Hit[];
  readonly reranked?: SearchResponse['reranked'];
}

/** One bad query must not cost the measurement of all others. */
function unanswered(error: unknown): Answered {
  const refused = error instanceof PaperSearchError && ['BAD_REQUEST', 'NOT_FOUND'].includes(error.code);
  if (!refused || isOfReranker(error)) throw error;
  return { hits: [] };
}

/** Whether a request is refused for its reranker, which is the same for every query. */
function isOfReranker({ details }: PaperSearchError): boolean {
  const issues = (details?.issues ?? []) as readonly { readonly parameter: string }[];
  return issues.some(({ parameter }) => parameter.startsWith('rerank'));
}
