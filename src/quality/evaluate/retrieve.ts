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
  /** See `SearchRequest.secondLook`. */
  readonly secondLook?: boolean | undefined;
  /** Papers kept a query. Default 1000, as TREC has it: average precision looks at all of them. */
  readonly depth?: number | undefined;
  /** Called after each query. */
  readonly onProgress?: Progress | undefined;
}

const DEPTH = 1000;

/**
 * Asks a snapshot every query, one after the other. A query that is a paper never gets it as an answer; with mode
 * `related` the paper is asked about instead of the text. Queries of collections are texts: no sign is an operator. A query that the engine refuses (an empty one, a paper
 * that it does not have) is answered with nothing.
 * @throws PaperSearchError whatever else the engine throws.
 */
export async function retrieve(
  snapshot: Snapshot,
  queries: readonly Omit<JudgedQuery, 'gains'>[],
  { mode, fusion, rerank, secondLook, depth = DEPTH, onProgress = () => {} }: RetrieveOptions,
): Promise<Run> {
  const run = new Map<string, RankedPaper[]>();
  for (const { id, text, doc } of queries) {
    // One more than wanted: the query's own paper may be among them.
    const page = { limit: depth + 1, offset: 0 };
    const asked =
      mode === 'related'
        ? snapshot.related({ positive: [doc ?? id], ...page })
        : snapshot.search({
            query: text,
            mode,
            fusion,
            rerank,
            secondLook,
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
