/** A paper by its position in an index, with a score that only compares within one list. */
export interface Scored {
  /** 0-based position of the paper in the index. */
  readonly doc: number;
  readonly score: number;
}

/** What a keyword run says of every paper. Scores compare only within one run. */
export interface LexicalScores {
  /** One a paper, 0 for none of the terms. */
  readonly scores: Float64Array;
  /**
   * The score of a paper that matches every term of the query as well as can be; 0 for a query without terms.
   * Against it, the best of poor matches does not look like a good one.
   */
  readonly most: number;
}
