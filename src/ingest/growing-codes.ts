import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { pause } from '../util/pause.ts';
import type { PaperVectors } from './vectors.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/**
 * The vectors of papers in 8 bits while more of them arrive. What is published together is fixed by `update`: a vector
 * that arrives later is neither in `image` nor returned by `vectorOf` before the next one.
 */
export class GrowingCodes {
  readonly #memory: CodeMemory;
  readonly #vectors: Pick<PaperVectors, 'has' | 'vectorOf'>;
  readonly #zeros: Float32Array;
  readonly #isTaken: Uint8Array;
  #withVector = 0;

  /** @param count of papers. @param dimension of their vectors. */
  constructor(count: number, dimension: number, vectors: Pick<PaperVectors, 'has' | 'vectorOf'>) {
    this.#memory = new CodeMemory(count, dimension);
    this.#vectors = vectors;
    this.#zeros = new Float32Array(dimension);
    this.#isTaken = new Uint8Array(count);
  }

  /** Takes the vectors that have arrived. */
  async update(): Promise<void> {
    for (let doc = 0; doc < this.#memory.count; doc++) {
      if (doc % YIELD_EVERY === 0) await pause();
      if (this.#isTaken[doc] === 1 || !this.#vectors.has(doc)) continue;
      this.#memory.encode(doc, this.#vectors.vectorOf(doc));
      this.#isTaken[doc] = 1;
      this.#withVector++;
    }
  }

  /** Papers that have a vector. */
  get withVector(): number {
    return this.#withVector;
  }

  /** See `CodeMemory.image`; changed by the next `update`. */
  get image(): Uint8Array {
    return this.#memory.image;
  }

  /** The vector of a paper, zeros if it has none; valid until the next call. */
  vectorOf(doc: number): Float32Array {
    return this.#isTaken[doc] === 1 ? this.#vectors.vectorOf(doc) : this.#zeros;
  }
}
