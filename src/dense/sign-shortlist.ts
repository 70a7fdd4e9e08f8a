import type { CodeMemory } from './code-memory.ts';

/**
 * Chooses a few documents by the signs of their codes: one bit a component, an eighth of the bytes of the codes.
 * The number of components whose sign differs from the query's grows with the angle between the two (Charikar,
 * STOC 2002), and so ranks documents roughly as their cosines do.
 */
export class SignShortlist {
  readonly #memory: CodeMemory;
  /** How many documents there are at each distance. */
  readonly #histogram: Uint32Array;

  /** @param memory filled, with room for signs, which this writes. */
  constructor(memory: CodeMemory) {
    this.#memory = memory;
    this.#histogram = new Uint32Array(8 * memory.querySigns.length + 1);
    const { codes, signs, kernel } = memory;
    if (codes.length > 0) kernel.signs(codes.byteOffset, codes.length, signs.byteOffset);
  }

  /**
   * The `size` documents of `docs` whose signs differ least from the query's, ascending; of equally distant
   * ones the first. Overwrites the list of the memory, where the answer is, and where `docs` may be.
   * @param docs at least `size`, ascending. @param query of the dimension of the vectors.
   */
  choose(query: Float32Array, docs: Uint32Array, size: number): Uint32Array {
    const { list, distances } = this.#memory;
    this.#measure(query, docs);
    const histogram = this.#histogram.fill(0);
    for (let i = 0; i < docs.length; i++) histogram[distances[i]!]!++;
    let furthest = 0;
    let nearer = 0;
    while (nearer + histogram[furthest]! < size) nearer += histogram[furthest++]!;
    let places = size - nearer;
    let length = 0;
    for (let i = 0; i < docs.length; i++) {
      const distance = distances[i]!;
      if (distance > furthest || (distance === furthest && places-- <= 0)) continue;
      list[length++] = docs[i]!;
    }
    return list.subarray(0, length);
  }

  #measure(query: Float32Array, docs: Uint32Array): void {
    const { querySigns, signs, distances, kernel } = this.#memory;
    querySigns.fill(0);
    for (let i = 0; i < query.length; i++) if (query[i]! < 0) querySigns[i >> 3]! |= 1 << (i & 7);
    kernel.distance(
      docs.byteOffset,
      docs.length,
      signs.byteOffset,
      querySigns.length,
      querySigns.byteOffset,
      distances.byteOffset,
    );
  }
}
