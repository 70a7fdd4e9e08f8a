import type { KeywordEstimates, Scored } from '../scores.ts';

/** Cosines, exact or approximate. */
export interface Approximation {
  /** One a document; -Infinity for those not allowed. A view, valid until the next call of the index. */
  readonly scores: Float32Array;
  /** How far a document's score may be from its cosine. */
  readonly boundOf: (doc: number) => number;
  /** The largest of these bounds. */
  readonly largestBound: number;
}

export interface NearestOptions {
  /** One byte a document, 0 for those that must not be found. Default: all may. */
  readonly allowed?: Uint8Array | undefined;
  /** The exact vector of a document, as it was encoded; valid until the next call. */
  readonly vectorAt: (doc: number) => Float32Array;
}

/** The weights of two scores of a document: keywordFactor × keyword score + cosineFactor × cosine. Both at least 0. */
export interface Combination {
  readonly keywordFactor: number;
  readonly cosineFactor: number;
}

/** A combination of which only the maximum is wanted. */
interface PeakOptions extends Combination {
  /** A maximum of less than this does not matter, and may be found too small. Default: each matters. */
  readonly floor?: number | undefined;
}

export interface CombinedOptions extends NearestOptions, Combination {
  readonly keyword: KeywordEstimates;
  /** Documents wanted, from 0. */
  readonly k: number;
  /**
   * A second combination, of which only the maximum over all documents that may be found is wanted, with the cosines that
   * `score` gives: the relevance of each document follows from those.
   */
  readonly peak?: PeakOptions | undefined;
}

export interface CombinedHits {
  /** Best first, with their exact sums; ties by position, the smaller first. */
  readonly hits: Scored[];
  /** The maximum of the second combination, exact from its floor on; -Infinity without one, and if no document may be found. */
  readonly peak: number;
}

/**
 * Compares queries with the vectors of documents, which are known by their positions. Vectors are L2-normalised; queries
 * too, or zero.
 */
export interface VectorIndex {
  /** Number of documents. */
  readonly size: number;
  /** One byte a document, 1 for one that has no vector yet and is not found by it; undefined if all have one. */
  readonly missing: Uint8Array | undefined;
  /** The cosine of every document to `query`; 0 for one without a vector. @param allowed one byte a document, 0 for no. */
  score(query: Float32Array, allowed?: Uint8Array): Approximation;
  /** The k nearest documents with their exact cosines, best first; ties by position, the smaller first. */
  nearest(query: Float32Array, k: number, options: NearestOptions): Scored[];
  /**
   * The k documents with the largest sums of weighted keyword score and cosine. Documents without a vector are neither
   * found nor part of the peak.
   */
  nearestCombined(query: Float32Array, options: CombinedOptions): CombinedHits;
}
