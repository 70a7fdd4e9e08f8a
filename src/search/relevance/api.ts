import type { Confidence } from '../confidence.ts';
import type { Filters } from '../match/filters.ts';
import type { RejectedChoice } from '../match/rejected.ts';
import type { SearchMode } from '../mode.ts';

/** What papers are to be relevant to. */
export interface RelevanceRequest {
  /** A query in the query language; its conditions are required. Default: none. */
  readonly query?: string | undefined;
  /**
   * Ids of papers. With one, a paper is relevant as to `Snapshot.related` with these seeds and the words of the query; the
   * conditions of the query remain required.
   */
  readonly positive?: readonly string[] | undefined;
  readonly negative?: readonly string[] | undefined;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  readonly filters?: Filters | undefined;
  /** As in `SearchRequest`. */
  readonly rejected?: RejectedChoice | undefined;
}

/** A paper that is at least weakly relevant. */
export interface PaperRelevance {
  readonly id: string;
  /** The level is never `none`. The score is comparable between requests of one mode. */
  readonly confidence: Confidence;
  /** Id of the positive paper that it is most similar to. Absent where that is the query, or there is none. */
  readonly nearest?: string | undefined;
}
