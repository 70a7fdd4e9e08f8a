import type { Scored } from '../scores.ts';

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

/** Compares queries with the vectors of documents, which are known by their positions. All are L2-normalised or zero. */
export interface VectorIndex {
  /** Number of documents. */
  readonly size: number;
  /** Whether there are so many documents that only likely ones are compared. */
  readonly isApproximate: boolean;
  /** The cosine of every document to `query`. @param allowed one byte a document, 0 for no. */
  score(query: Float32Array, allowed?: Uint8Array): Approximation;
  /**
   * As `score`, of the documents that may be among the k nearest and of those in `also`.
   * @param also positions of documents, each once. @param allowed those in `also` are.
   */
  scoreLikely(query: Float32Array, k: number, also: ArrayLike<number>, allowed?: Uint8Array): Approximation;
  /** The k nearest documents with their exact cosines, best first; ties by position, the smaller first. */
  nearest(query: Float32Array, k: number, options: NearestOptions): Scored[];
}
