import type { Paper } from '../../papers/paper.ts';

/** A query as rerankers get it. */
export interface RerankedQuery {
  /** The words that papers are ranked by; not empty. */
  readonly text: string;
  /** The vector of the text, L2-normalised; undefined in keyword mode. */
  readonly vector: Float32Array | undefined;
}

/** A hit to compare with the query. */
export interface Candidate {
  readonly paper: Paper;
  /** The score of the first stage: comparable only within one answer. */
  readonly score: number;
  /** The cosine of paper and query; undefined in keyword mode. */
  readonly cosine: number | undefined;
}

/** What a reranker says about a candidate. */
export interface Comparison {
  /**
   * Added to the hit's score, as a share of the maximum score: from 0, so that reranked hits remain before all others,
   * to 1.
   */
  readonly bonus: number;
  /** How the bonus came about, for the explanation of the hit. Absent if there is nothing to say: the bonus is then 0. */
  readonly formula?: string | undefined;
}

/** What the bonus of a reranker is called in explanations. */
export const BONUS_NAMES = ['sentence', 'cross-encoder', 'reranker'] as const;
export type BonusName = (typeof BONUS_NAMES)[number];

/**
 * Compares papers with a query more exactly than the indexes do, and more slowly: only the top of a ranking. Equal
 * queries and papers have equal comparisons.
 */
export interface Reranker {
  /** What `SearchRequest.rerankBy` calls it. */
  readonly name: string;
  readonly bonusName: BonusName;
  /** Whether it needs the query's vector, so that it cannot rerank in keyword mode. */
  readonly needsVector: boolean;
  /** Candidates compared at a time under a time budget: a batch that is not finished in time is lost. */
  readonly batchSize: number;
  /**
   * Compares candidates with a query.
   * @param signal aborts when the result is no longer needed: the time budget is used up, or the client is gone.
   * @returns one comparison per candidate, in their order.
   * @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED; the reason of the signal if it aborts.
   */
  compare(
    query: RerankedQuery,
    candidates: readonly Candidate[],
    signal: AbortSignal,
  ): Promise<readonly Comparison[]>;
  /** Frees what it holds. Called once, when the engine that it was given to closes. */
  close?(): Promise<void>;
}
