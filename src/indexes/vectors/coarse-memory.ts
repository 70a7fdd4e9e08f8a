import { COARSE_KERNEL } from './coarse-kernel.ts';
import { Layout, type SharedMemory } from './layout.ts';
import type { SharedWork, WorkKernel } from './shared-work.ts';

/**
 * From this many documents on, sums with a keyword score are found faster by coarse codes: 0.93 against 1.37 ms at 40,000, and
 * 0.36 against 0.38 at 10,000 (scripts/measurements/dense.md).
 */
export const COARSE_FROM = 20_000;
/** Documents of a block. */
export const BLOCK = 16;
/**
 * Directions of the first part of a block, which every scan reads, and of the second one; multiples of 4. With 32 fewer in the
 * first, most blocks need the second, too (scripts/measurements/hybrid.md).
 */
const DIRECTIONS = [64, 32] as const;
export const ALL_DIRECTIONS = DIRECTIONS[0] + DIRECTIONS[1];
/** The largest code of a coefficient. */
export const MAX_CODE = 127;
/** What rounding coefficients may lose of a vector, as a multiple of the root mean square of it. */
const MAX_LOST = 1.3;
/** More than what 32-bit arithmetic changes of a bound of a unit query. */
export const ROUNDING = 1e-4;
/** Names the form of the image. Codes of another form are not read, but derived again. */
const FORM = 1;
const LINE = 64;

/** The functions of coarse.wat. */
export interface CoarseKernel {
  scan(task: number, n: number): void;
  collect(task: number, ...bounds: number[]): number;
  project(row: number, bytes: number, directions: number, count: number, products: number): void;
  encode(at: number, coefficients: number, count: number, steps: number): number;
}

/** Blocks that a thread scans in one go where threads share the work: a tenth of a millisecond. */
const BLOCKS_AT_ONCE = 1024;
/** The words of a task of coarse.wat, in their order; those of numbers in floating point have a name here. */
const TASK = {
  question: 0,
  blocks: 10,
  range: 16,
  isDeep: 18,
  least: 19,
  addresses: 21,
  found: 24,
  length: 25,
};

/** The question of a scan, as coarse.wat describes it. */
export interface CoarseTask {
  readonly unit: number;
  readonly norms: readonly [number, number];
  readonly isAllowed: boolean;
  readonly hasKeyword: boolean;
  /** Weights of keyword score and cosine in the sum, then in that of the peak. */
  readonly factors: readonly [number, number, number, number];
}

/** One of the two parts of all blocks. */
export interface CoarsePart {
  /** Where its first block begins, and the bytes from one block to the next. */
  readonly address: number;
  readonly size: number;
  /** Bytes of its coefficients. */
  readonly length: number;
  /** Of a row in its directions, as `project` leaves them. */
  readonly coefficients: Float32Array;
  /** The value of a step of the codes in each direction, then its inverse. */
  readonly steps: Float32Array;
}

/** Coarse codes (see `CoarseCodes`), and room to work on them, in one WebAssembly memory sized to the data. */
export class CoarseMemory {
  readonly count: number;
  readonly stride: number;
  readonly blocks: number;
  /** What the codes are made by, then the codes, as they are in memory, little-endian: the content of a file. */
  readonly image: Uint8Array;
  /** The part of the image without the codes: directions, and the steps in which coefficients are counted. */
  readonly basis: Uint8Array;
  readonly parts: readonly [CoarsePart, CoarsePart];
  /** A vector, as long as a row of the 8-bit codes. */
  readonly row: Float32Array;
  /** Row-major. */
  readonly directions: Float32Array;
  /** All of the memory, in 32-bit floating point. */
  readonly floats: Float32Array;
  readonly query: Int16Array;
  /** One a document of all blocks, in this and the next three. */
  readonly uppers: Float32Array;
  readonly allowed: Uint8Array;
  readonly keyword: Float32Array;
  readonly list: Uint32Array;
  /** Four a block, as `scan` of coarse.wat writes them. */
  readonly maxima: Float32Array;
  readonly kernel: CoarseKernel;
  /** Shares scans. Default: one thread does all. */
  work: SharedWork | undefined;
  readonly #memory: SharedMemory;
  /** A task, as words and as numbers in floating point. */
  readonly #words: Uint32Array;
  readonly #numbers: Float32Array;
  /** Form, documents, stride, directions, documents when the directions were found, documents that are never excluded. */
  readonly #head: Uint32Array;

  /** @param stride bytes of a row of the 8-bit codes. @throws RangeError as `CodeMemory`. */
  constructor(count: number, stride: number) {
    this.count = count;
    this.stride = stride;
    this.blocks = Math.ceil(count / BLOCK);
    const docs = this.blocks * BLOCK;
    const layout = new Layout();
    // No address that the kernel is given is 0, which means none. Blocks begin at lines of the cache.
    layout.take(LINE);
    const head = layout.take(LINE);
    const steps = layout.take(2 * 4 * ALL_DIRECTIONS);
    const directions = layout.take(4 * ALL_DIRECTIONS * stride);
    const basisEnd = layout.end;
    const places = DIRECTIONS.map((number) => {
      const length = BLOCK * number;
      const size = length + 4 * BLOCK;
      return { length, size, address: layout.take(this.blocks * size) };
    });
    const imageEnd = layout.end;
    const row = layout.take(4 * stride);
    const coefficients = layout.take(4 * ALL_DIRECTIONS);
    const query = layout.take(2 * ALL_DIRECTIONS);
    const uppers = layout.take(4 * docs);
    const allowed = layout.take(docs);
    const keyword = layout.take(4 * docs);
    const maxima = layout.take(4 * 4 * this.blocks);
    const list = layout.take(4 * docs);
    const task = layout.take(4 * TASK.length);
    const memory = layout.allocate();
    this.#memory = memory;
    const { buffer } = memory;
    this.image = new Uint8Array(buffer, head, imageEnd - head);
    this.basis = new Uint8Array(buffer, head, basisEnd - head);
    let before = 0;
    const [first, second] = places.map((place, part): CoarsePart => {
      const number = DIRECTIONS[part]!;
      const start = before;
      before += number;
      return {
        ...place,
        coefficients: new Float32Array(buffer, coefficients + 4 * start, number),
        steps: new Float32Array(buffer, steps + 2 * 4 * start, 2 * number),
      };
    });
    this.parts = [first!, second!];
    this.#words = new Uint32Array(buffer, task, TASK.length);
    this.#numbers = new Float32Array(buffer, task, TASK.length);
    this.#head = new Uint32Array(buffer, head, LINE / 4);
    this.floats = new Float32Array(buffer);
    this.row = new Float32Array(buffer, row, stride);
    this.directions = new Float32Array(buffer, directions, ALL_DIRECTIONS * stride);
    this.query = new Int16Array(buffer, query, ALL_DIRECTIONS);
    this.uppers = new Float32Array(buffer, uppers, docs);
    this.allowed = new Uint8Array(buffer, allowed, docs);
    this.keyword = new Float32Array(buffer, keyword, docs);
    this.maxima = new Float32Array(buffer, maxima, 4 * this.blocks);
    this.list = new Uint32Array(buffer, list, docs);
    this.kernel = new WebAssembly.Instance(MODULE, { coarse: { memory } }).exports as unknown as CoarseKernel;
  }

  /** Whether the image was filled with codes of this form, of as many documents. */
  get isOfThese(): boolean {
    return this.hasBasis && this.#head[1] === this.count;
  }

  /** Whether the basis is there, of codes of this form and rows of the same length. */
  get hasBasis(): boolean {
    const [form, , stride, directions] = this.#head;
    return form === FORM && stride === this.stride && directions === ALL_DIRECTIONS;
  }

  /** How many documents there were when the directions were found. */
  get foundIn(): number {
    return this.#head[4]!;
  }

  /** How many documents are never excluded, because their codes miss too much. */
  get unlike(): number {
    return this.#head[5]!;
  }

  /** Notes what the image is. */
  describe({ foundIn, unlike }: { readonly foundIn: number; readonly unlike: number }): void {
    this.#head.set([FORM, this.count, this.stride, ALL_DIRECTIONS, foundIn, unlike]);
  }

  /** More than what rounding its coefficients lost of a vector that may be excluded: its norm. */
  mostLost(): number {
    let squares = 0;
    for (const { steps } of this.parts) {
      for (const step of steps.subarray(0, steps.length / 2)) squares += step ** 2;
    }
    // A rounded number is off by a twelfth of the square of a step, in the mean of squares.
    return MAX_LOST * Math.sqrt(squares / 12) + ROUNDING;
  }

  /** Writes the question of the scans that follow. */
  ask({ unit, norms, isAllowed, hasKeyword, factors }: CoarseTask): void {
    const { byteOffset: query } = this.query;
    this.#words[TASK.question] = query;
    this.#numbers.set([unit, ...norms], TASK.question + 1);
    this.#words[TASK.question + 4] = isAllowed ? this.allowed.byteOffset : 0;
    this.#words[TASK.question + 5] = hasKeyword ? this.keyword.byteOffset : 0;
    this.#numbers.set(factors, TASK.question + 6);
    this.#words.set(
      this.parts.flatMap(({ address, size, length }) => [address, size, length]),
      TASK.blocks,
    );
    this.#words.set([this.uppers.byteOffset, this.maxima.byteOffset], TASK.addresses);
  }

  /**
   * Bounds the sums of the documents of some blocks, by both parts of a block if `isDeep`.
   * @param least sums of 32 bits, of the two combinations. @returns how many blocks are not excluded.
   */
  scan(from: number, count: number, isDeep: boolean, least: readonly [number, number]): number {
    if (count === 0) return 0;
    const words = this.#words;
    words.set([from, count, isDeep ? 1 : 0], TASK.range);
    this.#numbers.set(least, TASK.least);
    words[TASK.found] = 0;
    const { work } = this;
    const isShared = work !== undefined && count > BLOCKS_AT_ONCE && work.pays;
    words[TASK.addresses + 2] = isShared ? BLOCKS_AT_ONCE : count;
    if (isShared) work.do('scan', words.byteOffset, Math.ceil(count / BLOCKS_AT_ONCE));
    else this.kernel.scan(words.byteOffset, 0);
    return words[TASK.found]!;
  }

  /** Lists the documents whose combination is one of the least, or more. @returns how many are at the beginning of `list`. */
  collect([first, peak]: readonly [number, number]): number {
    const addresses = [this.uppers, this.maxima, this.list].map(({ byteOffset }) => byteOffset);
    return this.kernel.collect(this.#words.byteOffset, this.blocks, first, peak, ...addresses);
  }

  /** What a thread needs to scan parts of the blocks. */
  get workKernel(): WorkKernel {
    return { module: MODULE, memory: this.#memory, part: this.kernel.scan };
  }

  /** Computes the coefficients of the row. */
  project(): void {
    this.kernel.project(
      this.row.byteOffset,
      this.row.byteLength,
      this.directions.byteOffset,
      ALL_DIRECTIONS,
      this.parts[0].coefficients.byteOffset,
    );
  }

  /**
   * Takes the codes of documents that follow one another in another memory with the same basis.
   * @param doc the first one here. @param fromDoc the first one there.
   */
  copy(doc: number, from: CoarseMemory, fromDoc: number, count: number): void {
    const shorts = new Uint16Array(this.image.buffer);
    const fromShorts = new Uint16Array(from.image.buffer);
    for (const [n, { address, size, length }] of this.parts.entries()) {
      const source = from.parts[n]!;
      for (let i = 0; i < count; i++) {
        const to = address + Math.floor((doc + i) / BLOCK) * size;
        const at = source.address + Math.floor((fromDoc + i) / BLOCK) * size;
        const lane = (doc + i) % BLOCK;
        const fromLane = (fromDoc + i) % BLOCK;
        for (let pair = 0; pair < length; pair += 2 * BLOCK) {
          shorts[(to + pair) / 2 + lane] = fromShorts[(at + pair) / 2 + fromLane]!;
        }
        this.floats[(to + length) / 4 + lane] = from.floats[(at + length) / 4 + fromLane]!;
      }
    }
  }
}

const MODULE = new WebAssembly.Module(Buffer.from(COARSE_KERNEL, 'base64'));
