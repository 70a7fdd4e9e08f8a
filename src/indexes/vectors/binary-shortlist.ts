import type { CodeMemory } from './code-memory.ts';

/**
 * Chooses a few documents by their binary codes: the sign of each component, one bit, an eighth of the bytes of the 8-bit
 * codes. The Hamming distance to the query's binary code grows with the angle between the two (Charikar, STOC 2002), so it
 * ranks documents roughly as their cosines do.
 */
export class BinaryShortlist {
  readonly #memory: CodeMemory;

  /** @param memory filled, with room for binary codes, which this writes. */
  constructor(memory: CodeMemory) {
    this.#memory = memory;
    memory.writeBinaryCodes();
  }

  /**
   * The `size` documents of `docs` with the smallest Hamming distance to the query, ascending; of equally distant ones the
   * first. Overwrites the list of the memory, which contains the result, and may contain `docs`.
   * @param docs in the memory, at least `size`, ascending. @param query of the dimension of the vectors.
   */
  choose(query: Float32Array, docs: Uint32Array, size: number): Uint32Array {
    const { list, distances, histogram, binaryQuery } = this.#memory;
    binaryQuery.fill(0);
    for (let i = 0; i < query.length; i++) if (query[i]! < 0) binaryQuery[i >> 3]! |= 1 << (i & 7);
    this.#memory.compareBinaryCodes(docs);
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
