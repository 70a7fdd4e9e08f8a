import type { Scored } from '../scores.ts';
import { topDocuments } from '../top-documents.ts';
import { innerProduct } from './inner-product.ts';
import type {
  Approximation,
  CombinedHits,
  CombinedOptions,
  NearestOptions,
  VectorIndex,
} from './vector-index.ts';

/** More than the error of a cosine, at most 1, that is rounded to 32 bits. */
const ROUNDING = 1e-7;

/** Exact comparison with a few hundred vectors as they were encoded: nothing is prepared, and nothing is kept. */
export class RowIndex implements VectorIndex {
  readonly missing = undefined;
  readonly #vectors: readonly Float32Array[];
  readonly #scores: Float32Array;

  /** @param vectors one a document, L2-normalised or zero. */
  constructor(vectors: readonly Float32Array[]) {
    this.#vectors = vectors;
    this.#scores = new Float32Array(vectors.length);
  }

  get size(): number {
    return this.#vectors.length;
  }

  score(query: Float32Array, allowed?: Uint8Array): Approximation {
    for (const [doc, vector] of this.#vectors.entries()) {
      this.#scores[doc] = allowed?.[doc] === 0 ? Number.NEGATIVE_INFINITY : innerProduct(query, vector);
    }
    return { scores: this.#scores, boundOf: () => ROUNDING, largestBound: ROUNDING };
  }

  nearest(query: Float32Array, k: number, { allowed }: Omit<NearestOptions, 'vectorAt'>): Scored[] {
    const exact = Float64Array.from(this.#vectors, (vector, doc) =>
      allowed?.[doc] === 0 ? Number.NEGATIVE_INFINITY : innerProduct(query, vector),
    );
    return topDocuments(exact, k);
  }

  nearestCombined(
    query: Float32Array,
    { keyword, keywordFactor, cosineFactor, k, allowed, peak: second }: Omit<CombinedOptions, 'vectorAt'>,
  ): CombinedHits {
    let peak = Number.NEGATIVE_INFINITY;
    const points = keyword.scoresOf(Uint32Array.from(this.#vectors.keys()));
    const exact = Float64Array.from(this.#vectors, (vector, doc) => {
      if (allowed?.[doc] === 0) return Number.NEGATIVE_INFINITY;
      const cosine = innerProduct(query, vector);
      if (second) {
        peak = Math.max(peak, second.keywordFactor * points[doc]! + second.cosineFactor * cosine);
      }
      return keywordFactor * points[doc]! + cosineFactor * cosine;
    });
    return { hits: topDocuments(exact, k), peak };
  }
}
