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
  /** The highest of the scores, where it is known. */
  readonly highest?: number;
}
