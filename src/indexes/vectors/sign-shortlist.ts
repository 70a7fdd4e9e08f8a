import type { CodeMemory } from './code-memory.ts';

/**
 * Chooses a few documents by the signs of their codes: one bit a component, an eighth of the bytes of the codes.
 * The number of components whose sign differs from the query's grows with the angle between the two (Charikar,
 * STOC 2002), and so ranks documents roughly as their cosines do.
 */
export class SignShortlist {
  readonly #memory: CodeMemory;

  /** @param memory filled, with room for signs, which this writes. */
  constructor(memory: CodeMemory) {
    this.#memory = memory;
    memory.writeSigns();
  }

  /**
   * The `size` documents of `docs` whose signs differ least from the query's, ascending; of equally distant
   * ones the first. Overwrites the list of the memory, where the answer is, and where `docs` may be.
   * @param docs in the memory, at least `size`, ascending. @param query of the dimension of the vectors.
   */
  choose(query: Float32Array, docs: Uint32Array, size: number): Uint32Array {
    const { list, distances, histogram, querySigns } = this.#memory;
    querySigns.fill(0);
    for (let i = 0; i < query.length; i++) if (query[i]! < 0) querySigns[i >> 3]! |= 1 << (i & 7);
    this.#memory.compareSigns(docs);
    let furthest = 0;
    let nearer = 0;
    while (nearer + histogram[furthest]! < size) nearer += histogram[furthest++]!;
    let places = size - nearer;
    let length = 0;
    const next = (from: number) => this.#memory.nextWithin(from, docs.length, furthest);
    for (let i = next(0); i < docs.length; i = next(i + 1)) {
      if (distances[i] === furthest && places-- <= 0) continue;
      list[length++] = docs[i]!;
    }
    return list.subarray(0, length);
  }
}
