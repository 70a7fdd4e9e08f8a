import { PaperSearchError } from '../../errors.ts';
import type { Hit } from '../../search/api.ts';
import type { Snapshot } from '../../search/engine.ts';
import type { FusionName } from '../../search/fuse/methods.ts';
import type { SearchMode } from '../../search/mode.ts';
import type { Progress } from '../../util/progress.ts';
import type { JudgedQuery } from './collection.ts';
import type { RankedPaper, Run } from './run.ts';

export const EVALUATED_MODES = ['keyword', 'semantic', 'hybrid', 'related'] as const;
export type EvaluatedMode = SearchMode | 'related';

export interface RetrieveOptions {
  readonly mode: EvaluatedMode;
  /** How `hybrid` fuses. Default: as the engine does. */
  readonly fusion?: FusionName | undefined;
  /** See `SearchRequest.rerank`. */
  readonly rerank?: number | undefined;
  /** See `SearchRequest.fallback`. */
  readonly fallback?: boolean | undefined;
  /** Papers kept a query. Default 1000, as at TREC: average precision uses all of them. */
  readonly depth?: number | undefined;
  /** Called after each query. */
  readonly onProgress?: Progress | undefined;
}

const DEPTH = 1000;

/**
 * Runs all queries, one after another. A query's own paper is never in its answer; with mode `related`, the papers
 * related to it are asked for instead of the text. Queries of collections are plain texts without operators. A query
 * that is refused (an empty one, a paper that is not in the index) gets an empty answer.
 * @throws PaperSearchError every other error of the search.
 */
export async function retrieve(
  snapshot: Snapshot,
  queries: readonly Omit<JudgedQuery, 'gains'>[],
  { mode, fusion, rerank, fallback, depth = DEPTH, onProgress = () => {} }: RetrieveOptions,
): Promise<Run> {
  const run = new Map<string, RankedPaper[]>();
  for (const { id, text, doc } of queries) {
    // One more: the query's own paper may be among them, and is dropped.
    const page = { limit: depth + 1, offset: 0 };
    const asked =
      mode === 'related'
        ? snapshot.related({ positive: [doc ?? id], ...page })
        : snapshot.search({
            query: text,
            mode,
            fusion,
            rerank,
            fallback,
            plain: true,
            highlight: false,
            ...page,
          });
    const { hits } = await asked.catch(unanswered);
    const others = hits.filter(({ paper }) => paper.id !== doc).slice(0, depth);
    run.set(
      id,
      others.map(({ paper, score }) => ({ id: paper.id, score })),
    );
    onProgress(run.size, queries.length);
  }
  return run;
}

/** One bad query must not cost the measurement of all others. */
function unanswered(error: unknown): { hits: readonly Hit[] } {
  const refused = error instanceof PaperSearchError && ['BAD_REQUEST', 'NOT_FOUND'].includes(error.code);
  if (!refused) throw error;
  return { hits: [] };
}
