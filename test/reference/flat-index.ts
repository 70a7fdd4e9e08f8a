import { innerProduct } from '../../src/indexes/vectors/inner-product.ts';

/**
 * Exact nearest neighbours: every vector is compared.
 * Vectors are L2-normalised, so the inner product is the cosine, from -1 to 1.
 */
export class FlatIndex {
  readonly size: number;
  readonly #dimension: number;
  readonly #vectors: Float32Array;

  /** @param vectors n × dimension, row-major, each row L2-normalised. */
  constructor(vectors: Float32Array, dimension: number) {
    this.#vectors = vectors;
    this.#dimension = dimension;
    this.size = vectors.length / dimension;
  }

  /** The vector of a document: a view, not a copy. */
  vector(doc: number): Float32Array {
    return this.#vectors.subarray(doc * this.#dimension, (doc + 1) * this.#dimension);
  }

  /** The cosine of every document to `query`, a unit vector too. */
  score(query: Float32Array): Float64Array {
    const scores = new Float64Array(this.size);
    for (let doc = 0; doc < scores.length; doc++)
      scores[doc] = innerProduct(query, this.#vectors, doc * this.#dimension);
    return scores;
  }
}
