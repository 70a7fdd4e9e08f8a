import { type KeptVectors, runsOf } from '../indexes/store/kept-papers.ts';
import { deriveCoarse, extendCoarse } from '../indexes/vectors/coarse-encoding.ts';
import { COARSE_FROM, CoarseMemory } from '../indexes/vectors/coarse-memory.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { inSteps, pause } from '../util/pause.ts';
import type { PaperVectors } from './vectors.ts';

type GivenVectors = Pick<PaperVectors, 'has' | 'vectorOf' | 'earlier' | 'rowOf'>;

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/**
 * The vectors of papers in 8 bits while more of them arrive. What is published together is fixed by `update`: a vector
 * that arrives later is neither in `image` nor returned by `vectorOf` before the next one.
 */
export class GrowingCodes {
  readonly #memory: CodeMemory;
  readonly #vectors: GivenVectors;
  readonly #zeros: Float32Array;
  readonly #isTaken: Uint8Array;
  #withVector = 0;

  readonly #coarseFrom: number;

  /** @param count of papers. @param dimension of their vectors. @param coarseFrom papers from which coarse codes pay. */
  constructor(count: number, dimension: number, vectors: GivenVectors, coarseFrom = COARSE_FROM) {
    this.#coarseFrom = coarseFrom;
    this.#memory = new CodeMemory(count, dimension);
    this.#vectors = vectors;
    this.#zeros = new Float32Array(dimension);
    this.#isTaken = new Uint8Array(count);
  }

  /** Takes the vectors that have arrived. */
  async update(): Promise<void> {
    // Only the first time: those of the previous snapshot are there from the beginning.
    if (this.#withVector === 0) await this.#copyEarlier();
    for (let doc = 0; doc < this.#memory.count; doc++) {
      if (doc % YIELD_EVERY === 0) await pause();
      if (this.#isTaken[doc] === 1 || !this.#vectors.has(doc)) continue;
      this.#memory.encode(doc, this.#vectors.vectorOf(doc));
      this.#isTaken[doc] = 1;
      this.#withVector++;
    }
  }

  /** Takes the codes of the vectors that the previous snapshot has: they are what encoding them again would give. */
  async #copyEarlier(): Promise<void> {
    const { earlier, rowOf } = this.#vectors;
    if (!earlier) return;
    const memory = earlier.readCodes();
    for (const { doc, count, from } of runsOf(this.#memory.count, rowOf, YIELD_EVERY)) {
      if (from < 0) continue;
      await pause();
      this.#memory.copy(doc, memory, from, count);
      this.#isTaken.fill(1, doc, doc + count);
      this.#withVector += count;
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

  /**
   * The coarse codes of these codes, or what there is of them: by the directions of the previous snapshot while these fit. Once all
   * vectors are there, they depend only on those directions and the codes, not on how many publications there were.
   * @param isComplete whether all vectors are there. Before that, no directions are looked for: only those of the previous
   *   snapshot are kept, and used where they fit. @returns undefined where there is nothing to keep.
   */
  async coarse(isComplete: boolean, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const { count, stride } = this.#memory;
    if (count < Math.max(1, this.#coarseFrom)) return undefined;
    const earlier = this.#vectors.earlier?.readCoarseCodes();
    const memory = new CoarseMemory(count, stride);
    if (earlier) {
      const { rowOf } = this.#vectors;
      const runs = earlier.isOfThese ? this.#copied(rowOf) : [];
      const extending = extendCoarse(memory, this.#memory, earlier.basis, { memory: earlier, runs });
      const isExtended = await inSteps(extending, signal);
      if (isExtended) return memory.image;
      if (!isComplete) return earlier.basis;
    }
    if (!isComplete) return undefined;
    await inSteps(deriveCoarse(memory, this.#memory), signal);
    return memory.image;
  }

  *#copied(rowOf: (doc: number) => number) {
    for (const run of runsOf(this.#memory.count, rowOf, YIELD_EVERY)) if (run.from >= 0) yield run;
  }

  /** The vectors that a new snapshot has from the previous one. */
  get kept(): KeptVectors | undefined {
    const { earlier, rowOf } = this.#vectors;
    return earlier && { rows: earlier.vectors, rowOf: (doc) => (this.#isTaken[doc] === 1 ? rowOf(doc) : -1) };
  }

  /** The vector of a paper, zeros if it has none; valid until the next call. */
  vectorOf(doc: number): Float32Array {
    return this.#isTaken[doc] === 1 ? this.#vectors.vectorOf(doc) : this.#zeros;
  }
}
