/** A paper by its position in an index, with a score that only compares within one list. */
export interface Scored {
  /** 0-based position of the paper in the index. */
  readonly doc: number;
  readonly score: number;
}

/** The keyword score of every paper for one query. Scores compare only within one query. */
export interface KeywordScores {
  /** One a paper; 0 for a paper without any of the terms. */
  readonly scores: Float64Array;
  /**
   * The upper bound of the scores: that of a paper with every term of the query, as often as can be; 0 for a query
   * without terms. A score divided by it says how good a match is, even when all matches are poor.
   */
  readonly maxScore: number;
}

/**
 * Estimates of the keyword scores of all papers for one query, which take a fraction of the time of the scores, and the scores
 * of some papers.
 */
export interface KeywordEstimates {
  /** One a paper: its score as a share of `maxScore`, in 32 bits; 0 for a paper without any of the terms, and for no other. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** How much a share differs from that of the score, at most. */
  readonly error: number;
  /** As in `KeywordScores`. */
  readonly maxScore: number;
  /**
   * The papers with the highest estimates, best first, each with its share: MAX_ESTIMATED, or all that have any of the
   * terms.
   */
  readonly best: readonly Scored[];
  /** The scores of some papers, in their order, as `KeywordScores` has them. @param docs ascending. */
  readonly scoresOf: (docs: Uint32Array) => Float64Array;
}

/** Papers that `KeywordEstimates` names as the best: a filter should leave a few of them. */
export const MAX_ESTIMATED = 128;
