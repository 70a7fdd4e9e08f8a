import type { FusionName } from '../fusion/methods.ts';
import type { Suggestion } from '../suggest/values.ts';
import type { Highlight, ModelInfo, Paper, SearchMode } from '../types.ts';

/** Which part of a ranking is wanted. */
export interface Page {
  /** Hits wanted. Default 10. */
  readonly limit: number;
  /** Hits to pass over first. Default 0. */
  readonly offset: number;
}

export const DEFAULT_MODE: SearchMode = 'hybrid';
export const DEFAULT_PAGE: Page = { limit: 10, offset: 0 };

export interface SearchRequest extends Partial<Page> {
  /** A question or keywords, as a person types them. */
  readonly query: string;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  /** How `hybrid` makes one ranking of two. Default `weighted-sum`. */
  readonly fusion?: FusionName | undefined;
}

/** A paper in an answer. */
export interface Hit {
  /** 1-based place in the whole ranking. */
  readonly rank: number;
  /** Compares within one answer only: the keyword engine's for keyword, cosine for semantic and related, fused for hybrid. */
  readonly score: number;
  readonly paper: Paper;
  /** Words of title and abstract that the query's terms matched, in order of appearance. */
  readonly highlights: readonly Highlight[];
}

export interface SearchResponse extends Page {
  readonly query: string;
  readonly mode: SearchMode;
  /**
   * Papers in the whole ranking; all of them can be paged to. In hybrid mode, an index of more than 575,000 papers
   * ranks the likely ones only, more of them the deeper the page.
   */
  readonly total: number;
  readonly tookMs: number;
  readonly hits: readonly Hit[];
}

export interface RelatedResponse extends Page {
  /** The paper that was asked about. It is never among the hits. */
  readonly paper: Paper;
  readonly total: number;
  readonly tookMs: number;
  readonly hits: readonly Hit[];
}

export interface IndexStats {
  readonly snapshot: string;
  readonly createdAt: string;
  readonly corpusDigest: string;
  readonly formatVersion: number;
  readonly papers: number;
  readonly withoutAbstract: number;
  readonly model: ModelInfo;
  readonly lexicalEngine: string;
  /** Bytes of the snapshot on disk. */
  readonly bytes: number;
}

/** Search over one corpus. The embedded engine is one implementation; a cluster would be another. */
export interface Searcher {
  /**
   * Answers a query.
   * @throws PaperSearchError BAD_REQUEST for a query without text; MODEL_UNAVAILABLE or ENCODER_FAILED when a
   *   mode needs the model and it cannot run.
   */
  search(request: SearchRequest): Promise<SearchResponse>;
  /** Papers near to one. @throws PaperSearchError NOT_FOUND for an unknown id. */
  related(id: string, page?: Partial<Page>): Promise<RelatedResponse>;
  /** @throws PaperSearchError NOT_FOUND for an unknown id. */
  paper(id: string): Promise<Paper>;
  /**
   * Titles, authors and keywords that go on from a text that is being typed, best first. The first call reads all
   * titles, unless `warmUp` was called long enough before.
   * @param limit most suggestions wanted. Default 10. @throws PaperSearchError BAD_REQUEST when it is no whole number.
   */
  suggest(text: string, limit?: number): Promise<Suggestion[]>;
  /** Every paper, in the order of the index. */
  papers(): AsyncIterable<Paper>;
  stats(): Promise<IndexStats>;
  /** Loads what the first answer would otherwise wait for. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}
