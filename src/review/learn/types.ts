/** What a reader sees of the papers of a pool; row i is paper i of the pool. */
export interface PoolTexts {
  readonly titles: readonly string[];
  /** An empty text where a paper has no abstract. */
  readonly abstracts: readonly string[];
  readonly keywords?: readonly (readonly string[])[];
}

/** Unit vectors of the papers, row by row: `values` has n × `dimensions` numbers. A paper without a vector has zeros. */
export interface PoolVectors {
  readonly values: Float32Array;
  readonly dimensions: number;
}

/** What the learner may use about the papers of a pool. */
export interface LearnerInput {
  readonly texts: PoolTexts;
  /** Absent where papers are searched by keywords only. */
  readonly vectors?: PoolVectors | undefined;
  /**
   * How well each paper answers the question and the criteria, on any scale, higher is better (hybrid search). Absent
   * without a question.
   */
  readonly prior?: Float64Array | undefined;
}

/** A decision about the paper of a row. A row has at most one. */
export interface Label {
  readonly row: number;
  readonly included: boolean;
}

/** Rows as sparse vectors: row i has the entries from `starts[i]` to `starts[i + 1]`, in ascending order of column. */
export interface SparseRows {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float32Array;
  readonly width: number;
}

export interface Ranking {
  /** Score of each paper, labelled ones too. Comparable within this ranking only. */
  readonly scores: Float64Array;
  /** Rows of the papers without a label, the next to read first. Ties are in the order of rows. */
  readonly order: Uint32Array;
}

/** A reason for or against a paper, found in its text. */
export interface TermReason {
  /** As the text has it where it occurs first. */
  readonly term: string;
  /**
   * How much the term adds to what the words say about the paper, in standard deviations of what they say about the
   * unread papers: above 0 for inclusion, below 0 against.
   */
  readonly weight: number;
  /** Where the term occurs. */
  readonly spans: readonly TermSpan[];
}

/** A range of UTF-16 code units, half-open, of one text of a paper. */
export interface TermSpan {
  readonly field: 'title' | 'abstract';
  readonly start: number;
  readonly end: number;
}

/** A labelled paper that is close to the explained one. */
export interface NearestLabel {
  readonly row: number;
  readonly included: boolean;
  /** Cosine of the vectors, or of the words where there are no vectors. */
  readonly similarity: number;
}

export interface Explanation {
  /** Strongest first. */
  readonly terms: readonly TermReason[];
  /** Closest first. */
  readonly nearest: readonly NearestLabel[];
}
