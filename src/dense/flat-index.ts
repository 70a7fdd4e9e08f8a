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
    for (let doc = 0; doc < scores.length; doc++) scores[doc] = this.#innerProduct(query, doc);
    return scores;
  }

  #innerProduct(query: Float32Array, doc: number): number {
    const vectors = this.#vectors;
    const dimension = this.#dimension;
    const start = doc * dimension;
    // Four sums that do not wait for each other: about a third faster than one.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = 0;
    for (; i + 3 < dimension; i += 4) {
      a += query[i]! * vectors[start + i]!;
      b += query[i + 1]! * vectors[start + i + 1]!;
      c += query[i + 2]! * vectors[start + i + 2]!;
      d += query[i + 3]! * vectors[start + i + 3]!;
    }
    for (; i < dimension; i++) a += query[i]! * vectors[start + i]!;
    return a + b + c + d;
  }
}
