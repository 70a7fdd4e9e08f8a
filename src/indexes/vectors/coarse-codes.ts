import { TopDocuments } from '../top-documents.ts';
import { COARSE_KERNEL } from './coarse-kernel.ts';
import type { CodeMemory } from './code-memory.ts';
import { principalDirections } from './directions.ts';
import { innerProduct } from './inner-product.ts';
import { Layout } from './layout.ts';
import type { Combination } from './vector-index.ts';

/** Documents of a block. */
const BLOCK = 16;
/**
 * Directions of the first part of a block, which every scan reads, and of the second one; multiples of 4. With 32 fewer in the
 * first, most blocks need the second, too (scripts/measurements/hybrid.md).
 */
const DIRECTIONS = [64, 32] as const;
const ALL_DIRECTIONS = DIRECTIONS[0] + DIRECTIONS[1];
/** Most vectors from which the directions are found, evenly over the documents. */
const MAX_SAMPLE = 8192;
/** Documents for each of them, where there are more than fit in the least sample. */
const SAMPLED_OF = 16;
const MIN_SAMPLE = 1024;
/** The largest code of a coefficient. */
const MAX_CODE = 127;
/** The largest coefficient that a code can have, as a multiple of the largest one of the sample. */
const ROOM = 1.5;
/** What rounding coefficients may lose of a vector, as a multiple of the root mean square of it. */
const MAX_LOST = 1.3;
/** Documents encoded in one go: 1 or 2 ms. */
const AT_ONCE = 256;
/** More than what 32-bit arithmetic changes of a bound of a unit query. */
const ROUNDING = 1e-4;
/** More than what 32-bit arithmetic changes of the square of a norm, which is the difference of two nearly equal numbers. */
const SQUARE_ROUNDING = 1e-5;
/** Below any score, and a number of 32 bits, unlike -Infinity, which documents have that must not be found. */
const LOWEST = -1e30;
/** Documents with the highest keyword scores, from which a scan has its first lower bounds. */
const FIRST_BY_KEYWORD = 32;
/** Where the first part excludes all but a smaller share of these blocks, one of so many, the second part is not read. */
const FEW_BLOCKS = 0.5;
const TRIED_OF = 16;
/** Most groups of documents that they are looked for in. */
const MAX_GROUPS = 2048;
/** Blocks that documents for a lower bound of the first sum, and of the peak, are taken from after the scan. */
const SEED_BLOCKS = 32;
const PEAK_BLOCKS = 8;

/** The functions of coarse.wat. */
interface Kernel {
  ask(...question: number[]): void;
  highest(scores: number, count: number, size: number, highest: number): void;
  scan(...blocks: number[]): number;
  collect(...bounds: number[]): number;
  project(row: number, bytes: number, directions: number, count: number, products: number): void;
  encode(at: number, coefficients: number, count: number, steps: number): number;
}

/** What documents are scanned for. */
interface CoarseQuestion extends Combination {
  readonly keyword?: Float64Array | undefined;
  readonly allowed?: Uint8Array | undefined;
  readonly peak?: Combination | undefined;
}

/** Of the sums by the first combination and by that of the peak: how much they are at least, and how far off a cosine may be. */
export interface SumBounds {
  /** Infinity for a sum that is not wanted. */
  readonly least: { readonly first: number; readonly peak: number };
  /** How far the cosine by which a sum is computed may be from that of the vector that the 8-bit codes represent. */
  readonly error: { readonly first: number; readonly peak: number };
}

/** One of the two parts of all blocks. */
interface Part {
  /** Where its first block begins, and the bytes from one block to the next. */
  readonly address: number;
  readonly size: number;
  /** Bytes of its coefficients. */
  readonly length: number;
  /** Of a row in its directions, as `#project` leaves them. */
  readonly coefficients: Float32Array;
  /** The value of a step of the codes in each direction, then its inverse. */
  readonly steps: Float32Array;
}

/**
 * Codes of about a quarter of the bytes of the 8-bit codes, from which follows an upper bound of the cosine of every document,
 * so that most documents need no other code to be excluded.
 *
 * A vector is x = Σ c_i v_i + z: its coefficients in the orthonormal directions v_i in which all vectors vary most
 * (`principalDirections`), 8 bits each, and the rest z. With the query in the same directions, q = Σ d_i v_i + q', the
 * cosine is Σ c_i d_i + <q', z>, and by the inequality of Cauchy and Schwarz <q', z> is at most |q'| |z|.
 *
 * The first directions exclude most blocks of documents where the sums that are wanted are known to be high; the further ones are
 * read only of the other blocks, where they are many (partial distances: Bei and Gray, IEEE Transactions on Communications 33, 1985).
 */
export class CoarseCodes {
  readonly #source: CodeMemory;
  readonly #blocks: number;
  /** All of the memory. */
  readonly #floats: Float32Array;
  readonly #kernel: Kernel;
  readonly #parts: readonly [Part, Part];
  readonly #row: Float32Array;
  readonly #directions: Float32Array;
  readonly #query: Int16Array;
  readonly #uppers: Float32Array;
  readonly #allowed: Uint8Array;
  readonly #keyword: Float32Array;
  /** Four a block, as `scan` of coarse.wat writes them. */
  readonly #maxima: Float32Array;
  readonly #list: Uint32Array;
  /** More than what rounding its coefficients lost of a vector that may be excluded: its norm. */
  #mostLost = 0;
  /** Of the last query: more than what rounding changed of a bound, and the weights of cosines. */
  #slack = 0;
  #cosineFactor = 0;
  #peakFactor = 0;

  /** @param source filled, and not changed from now on. Nothing is derived yet. @throws RangeError as `CodeMemory`. */
  constructor(source: CodeMemory) {
    const { count, stride } = source;
    this.#source = source;
    this.#blocks = Math.ceil(count / BLOCK);
    const docs = this.#blocks * BLOCK;
    const layout = new Layout();
    // No address that the kernel is given is 0, which means none. Blocks begin at lines of the cache.
    layout.take(64);
    const parts = DIRECTIONS.map((directions) => {
      const length = BLOCK * directions;
      const size = length + 4 * BLOCK;
      return {
        directions,
        length,
        size,
        address: layout.take(this.#blocks * size),
        steps: layout.take(2 * 4 * directions),
      };
    });
    const row = layout.take(4 * stride);
    const directions = layout.take(4 * ALL_DIRECTIONS * stride);
    const coefficients = layout.take(4 * ALL_DIRECTIONS);
    const query = layout.take(2 * ALL_DIRECTIONS);
    const uppers = layout.take(4 * docs);
    const allowed = layout.take(docs);
    const keyword = layout.take(4 * docs);
    const maxima = layout.take(4 * 4 * this.#blocks);
    const list = layout.take(4 * docs);
    const memory = layout.allocate();
    const { buffer } = memory;
    this.#floats = new Float32Array(buffer);
    let before = 0;
    const [first, second] = parts.map((part): Part => {
      const start = coefficients + 4 * before;
      before += part.directions;
      return {
        ...{ address: part.address, size: part.size, length: part.length },
        coefficients: new Float32Array(buffer, start, part.directions),
        steps: new Float32Array(buffer, part.steps, 2 * part.directions),
      };
    });
    this.#parts = [first!, second!];
    this.#row = new Float32Array(buffer, row, stride);
    this.#directions = new Float32Array(buffer, directions, ALL_DIRECTIONS * stride);
    this.#query = new Int16Array(buffer, query, ALL_DIRECTIONS);
    this.#uppers = new Float32Array(buffer, uppers, docs);
    this.#allowed = new Uint8Array(buffer, allowed, docs);
    this.#keyword = new Float32Array(buffer, keyword, docs);
    this.#maxima = new Float32Array(buffer, maxima, 4 * this.#blocks);
    this.#list = new Uint32Array(buffer, list, docs);
    this.#kernel = new WebAssembly.Instance(MODULE, { coarse: { memory } }).exports as unknown as Kernel;
  }

  /** Derives the codes from those of the source, a few milliseconds of work between two yields. Until the end, do not ask. */
  *derive(): Generator<void> {
    const { count, stride } = this.#source;
    const size = Math.min(count, MAX_SAMPLE, Math.max(MIN_SAMPLE, Math.ceil(count / SAMPLED_OF)));
    const docs = Array.from({ length: size }, (_, n) => Math.floor((n * count) / size));
    this.#directions.set(yield* principalDirections(this.#rows(docs), size, stride, ALL_DIRECTIONS));
    yield* this.#chooseSteps(docs);
    for (let doc = 0; doc < this.#blocks * BLOCK; doc++) {
      this.#encode(doc);
      if (doc % AT_ONCE === 0) yield;
    }
  }

  /**
   * Asks a question, which `scan` and all after it are about.
   * @returns those with the highest keyword scores of the documents that may be found; none if the question has no such
   *   scores. A view, valid until the next call.
   */
  ask(query: Float32Array, { keyword, allowed, peak, ...first }: CoarseQuestion): Uint32Array {
    const { unit, norms } = this.#prepare(query);
    this.#cosineFactor = first.cosineFactor;
    this.#peakFactor = peak?.cosineFactor ?? 0;
    if (allowed) this.#allowed.set(allowed);
    const likely = keyword ? this.#copyKeyword(keyword, allowed) : [];
    this.#kernel.ask(
      this.#query.byteOffset,
      unit,
      ...norms,
      allowed ? this.#allowed.byteOffset : 0,
      keyword ? this.#keyword.byteOffset : 0,
      ...[first.keywordFactor, first.cosineFactor],
      ...[peak?.keywordFactor ?? 0, peak?.cosineFactor ?? 0],
    );
    this.#list.set(likely);
    return this.#list.subarray(0, likely.length);
  }

  /**
   * Bounds the sums of all documents.
   * @param bounds of documents that may matter: others may be excluded from all that follows.
   */
  scan(bounds: SumBounds): void {
    const [first, peak] = this.#reached(bounds);
    const parts = this.#parts.flatMap(({ address, size, length }) => [address, size, length]);
    const addresses = [this.#uppers, this.#maxima].map(({ byteOffset }) => byteOffset);
    const scan = (from: number, count: number, isDeep: boolean) =>
      this.#kernel.scan(...parts, from, count, isDeep ? 1 : 0, first, peak, ...addresses);
    const tried = first > LOWEST ? Math.ceil(this.#blocks / TRIED_OF) : 0;
    // Of few blocks, 8-bit codes of the few documents that may matter cost less than the second part.
    const isDeep = scan(0, tried, false) >= FEW_BLOCKS * tried;
    scan(tried, this.#blocks - tried, isDeep);
  }

  /**
   * Documents that were not excluded, with sums that are likely the largest: those of some blocks. A view, valid until the next call.
   * @param k as many are wanted, at least.
   */
  seeds(k: number): Uint32Array {
    // Halfway between estimate and bound: documents with the highest bounds are often those that codes represent worst.
    const blocks = new Set(highest(this.#maxima, Math.max(k, SEED_BLOCKS), 2, 4));
    if (this.#peakFactor > 0) for (const block of highest(this.#maxima, PEAK_BLOCKS, 3, 4)) blocks.add(block);
    let length = 0;
    for (const block of blocks) {
      for (let doc = block * BLOCK; doc < (block + 1) * BLOCK; doc++) {
        if (this.#uppers[doc]! > Number.NEGATIVE_INFINITY) this.#list[length++] = doc;
      }
    }
    return this.#list.subarray(0, length);
  }

  /**
   * Every document with one of the sums that are the least, or more, ascending, and some with less. A view, valid until the
   * next call. @param bounds no less than those of the scan.
   */
  collect(bounds: SumBounds): Uint32Array {
    const [first, peak] = this.#reached(bounds);
    const addresses = [this.#uppers, this.#maxima, this.#list].map(({ byteOffset }) => byteOffset);
    const length = this.#kernel.collect(this.#blocks, first, peak, ...addresses);
    return this.#list.subarray(0, length);
  }

  /** What the combinations of the upper bounds of documents with such sums reach. */
  #reached({ least, error }: SumBounds): readonly [number, number] {
    const reached = (wanted: number, factor: number, off: number) => {
      if (wanted === Number.POSITIVE_INFINITY) return wanted;
      // Sums of 32 bits round by their size, which is near that of the bound.
      const rounding = 1e-6 * (Math.abs(wanted) + 2 * factor);
      return Math.max(LOWEST, wanted - factor * (this.#slack + off) - rounding);
    };
    return [
      reached(least.first, this.#cosineFactor, error.first),
      reached(least.peak, this.#peakFactor, error.peak),
    ];
  }

  /** Copies keyword scores, and finds the documents with the highest ones, of those that may be found. */
  #copyKeyword(keyword: Float64Array, allowed: Uint8Array | undefined): number[] {
    const { scales } = this.#source;
    this.#keyword.set(keyword);
    // The highest of groups, of which as many are looked into: not always the highest of all, but found sooner.
    const size = BLOCK * Math.ceil(this.#blocks / MAX_GROUPS);
    const docs = this.#blocks * BLOCK;
    const groups = this.#maxima.subarray(0, Math.ceil(docs / size));
    this.#kernel.highest(this.#keyword.byteOffset, docs, size, groups.byteOffset);
    const best = new TopDocuments(FIRST_BY_KEYWORD);
    for (const group of highest(groups, FIRST_BY_KEYWORD)) {
      for (let doc = group * size; doc < Math.min(keyword.length, (group + 1) * size); doc++) {
        const score = keyword[doc]!;
        if (score > best.threshold && scales[doc]! !== 0 && allowed?.[doc] !== 0) best.add(doc, score);
      }
    }
    return best.ranked().map(({ doc }) => doc);
  }

  #decoded(doc: number, row: Float32Array): Float32Array {
    const { codes, scales, stride } = this.#source;
    const scale = scales[doc]!;
    for (let i = 0; i < stride; i++) row[i] = scale * codes[doc * stride + i]!;
    return row;
  }

  *#rows(docs: readonly number[]): Generator<Float32Array> {
    for (const doc of docs) yield this.#decoded(doc, this.#row);
  }

  /** Chooses the steps of codes so that the coefficients of nearly all vectors have one. @param sample documents. */
  *#chooseSteps(sample: readonly number[]): Generator<void> {
    for (const { steps } of this.#parts) steps.fill(0);
    let n = 0;
    for (const _ of this.#rows(sample)) {
      this.#project();
      for (const { coefficients, steps } of this.#parts) {
        for (const [i, value] of coefficients.entries()) steps[i] = Math.max(steps[i]!, Math.abs(value));
      }
      if (++n % AT_ONCE === 0) yield;
    }
    let squares = 0;
    for (const { steps } of this.#parts) {
      const count = steps.length / 2;
      for (let i = 0; i < count; i++) {
        const step = Math.fround((ROOM * steps[i]!) / MAX_CODE);
        steps[i] = step;
        steps[count + i] = step > 0 ? 1 / step : 0;
        squares += step ** 2;
      }
    }
    // A rounded number is off by a twelfth of the square of a step, in the mean of squares.
    this.#mostLost = MAX_LOST * Math.sqrt(squares / 12) + ROUNDING;
  }

  /** Computes the coefficients of the row. */
  #project(): void {
    this.#kernel.project(
      this.#row.byteOffset,
      this.#row.byteLength,
      this.#directions.byteOffset,
      ALL_DIRECTIONS,
      this.#parts[0].coefficients.byteOffset,
    );
  }

  #encode(doc: number): void {
    const { count, scales } = this.#source;
    const block = Math.floor(doc / BLOCK);
    const lane = doc % BLOCK;
    const isMissing = doc >= count || scales[doc] === 0;
    if (!isMissing) {
      this.#decoded(doc, this.#row);
      this.#project();
    }
    let left = isMissing ? Number.NEGATIVE_INFINITY : innerProduct(this.#row, this.#row) + SQUARE_ROUNDING;
    let lost = 0;
    for (const { address, size, length, coefficients, steps } of this.#parts) {
      const at = address + block * size;
      if (!isMissing) {
        const { byteOffset } = coefficients;
        lost += this.#kernel.encode(at + 2 * lane, byteOffset, coefficients.length, steps.byteOffset);
        left -= innerProduct(coefficients, coefficients);
      }
      this.#floats[(at + length) / 4 + lane] = isMissing ? left : Math.sqrt(Math.max(SQUARE_ROUNDING, left));
    }
    if (Math.sqrt(lost) < this.#mostLost) return;
    // What its codes miss is more than others may miss: it is never excluded.
    for (const { address, size, length } of this.#parts) {
      this.#floats[(address + block * size + length) / 4 + lane] = Number.POSITIVE_INFINITY;
    }
  }

  /** Writes the coefficients of a query. @returns the value of a step of a product, and what each part leaves of the query. */
  #prepare(query: Float32Array): { readonly unit: number; readonly norms: readonly number[] } {
    this.#row.fill(0);
    this.#row.set(query);
    this.#project();
    const norm = innerProduct(query, query);
    let left = norm;
    const weights: number[] = [];
    const norms = this.#parts.map(({ coefficients, steps }) => {
      for (const [i, coefficient] of coefficients.entries()) weights.push(coefficient * steps[i]!);
      left -= innerProduct(coefficients, coefficients);
      // Not 0, so that the bound of a document without a vector is -Infinity.
      return Math.sqrt(Math.max(0, left) + SQUARE_ROUNDING);
    });
    const unit = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-30) / 32767;
    let lost = 0;
    for (const [i, weight] of weights.entries()) {
      const code = Math.round(weight / unit);
      this.#query[i] = code;
      lost += MAX_CODE * Math.abs(weight - code * unit);
    }
    this.#slack =
      Math.sqrt(norm - left + SQUARE_ROUNDING) * this.#mostLost + lost + ROUNDING * Math.sqrt(norm);
    return { unit, norms };
  }
}

/** The places of the k highest of every `step`-th value from `first` on, best first; none that is infinite. */
function highest(values: Float32Array, k: number, first = 0, step = 1): number[] {
  const best = new TopDocuments(Math.min(k, values.length));
  for (let place = 0, i = first; i < values.length; place++, i += step) {
    const value = values[i]!;
    // Infinite where a document may not be excluded.
    if (value > best.threshold && value < Number.POSITIVE_INFINITY) best.add(place, value);
  }
  return best.ranked().map(({ doc }) => doc);
}

const MODULE = new WebAssembly.Module(Buffer.from(COARSE_KERNEL, 'base64'));
