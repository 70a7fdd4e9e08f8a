import { TopDocuments } from '../top-documents.ts';
import { COARSE_KERNEL } from './coarse-kernel.ts';
import type { CodeMemory } from './code-memory.ts';
import { principalDirections } from './directions.ts';
import { innerProduct } from './inner-product.ts';
import { Layout } from './layout.ts';
import type { Combination } from './vector-index.ts';

/** Documents of a block. */
const BLOCK = 16;
/** Directions in which the vectors are known to 8 bits; even. Twice as many exclude more, but cost 32 bytes a document. */
const DIRECTIONS = 32;
/** Vectors from which the directions are found, evenly over the documents. */
const SAMPLE = 512;
/** The largest code of a coefficient, which is at most the norm of a vector from codes, a little more than 1. */
const MAX_COEFFICIENT = 125;
/** Documents encoded in one go: 1 or 2 ms. */
const AT_ONCE = 256;
/** More than what 32-bit arithmetic changes of a bound of a unit query. */
const ROUNDING = 1e-4;
/** Below any score, and a number of 32 bits, unlike -Infinity, which documents have that must not be found. */
const LOWEST = -1e30;
/** Blocks that documents for a first lower bound of the peak are taken from. */
const PEAK_BLOCKS = 4;

/** The functions of coarse.wat. */
interface Kernel {
  ask(...question: number[]): void;
  scan(blocks: number, count: number, size: number, tables: number): void;
  collect(count: number, least: number, leastPeak: number, list: number): number;
  encode(
    block: number,
    lane: number,
    row: number,
    bytes: number,
    directions: number,
    count: number,
    largest: number,
    components: number,
  ): number;
}

/** What documents are scanned for. */
interface CoarseQuestion extends Combination {
  readonly keyword?: Float64Array | undefined;
  readonly allowed?: Uint8Array | undefined;
  readonly peak?: Combination | undefined;
}

/**
 * Codes of about a fifth of the bytes of the 8-bit codes, from which follows an upper bound of the cosine of every document,
 * so that most documents need no other code to be excluded.
 *
 * A vector is x = Σ c_i v_i + z: its coefficients in some directions v_i (`principalDirections`), 8 bits each, and the rest
 * z = f s + r, where s are the signs of z, one bit each, f = |z|₁ / dimension, and r is orthogonal to s. With the query in
 * the same directions, q = Σ d_i v_i + q', the cosine is Σ c_i d_i + f <q', s> + <q', r>, and <q', r> is at most |q'| |r|.
 * Directions in which all vectors vary most make both norms small. Sums of signs are looked up four at a time, 16
 * documents at once, as in FastScan (André, Kermarrec and Le Scouarnec, VLDB 2015).
 */
export class CoarseCodes {
  readonly #source: CodeMemory;
  readonly #blocks: number;
  /** Bytes of a block, of its signs and of its coefficients. */
  readonly #size: number;
  readonly #signs: number;
  readonly #coefficients: number;
  readonly #memory: WebAssembly.Memory;
  readonly #kernel: Kernel;
  readonly #directions: Float32Array;
  readonly #row: Float32Array;
  readonly #tables: Uint8Array;
  readonly #query: Int16Array;
  readonly #uppers: Float32Array;
  readonly #allowed: Uint8Array;
  readonly #keyword: Float32Array;
  readonly #maxima: Float32Array;
  readonly #peaks: Float32Array;
  readonly #list: Uint32Array;
  /** The largest norm of what rounding coefficients lost, and the largest factor of signs. */
  #largestLost = 0;
  #largestFactor = 0;
  /** Of the query last scanned for: more than what rounding changed of a bound. */
  #slack = 0;

  /** @param source filled, and not changed from now on. Nothing is derived yet. @throws RangeError as `CodeMemory`. */
  constructor(source: CodeMemory) {
    const { count, stride } = source;
    this.#source = source;
    this.#blocks = Math.ceil(count / BLOCK);
    this.#signs = (BLOCK * stride) / 8;
    this.#coefficients = BLOCK * DIRECTIONS;
    this.#size = this.#signs + this.#coefficients + 2 * 4 * BLOCK;
    const docs = this.#blocks * BLOCK;
    const layout = new Layout();
    // Blocks are first, so that no other address is 0, which means none.
    layout.take(this.#blocks * this.#size);
    const directions = layout.take(4 * DIRECTIONS * stride);
    const row = layout.take(4 * (stride + DIRECTIONS));
    const tables = layout.take(4 * stride);
    const query = layout.take(2 * DIRECTIONS);
    const uppers = layout.take(4 * docs);
    const allowed = layout.take(docs);
    const keyword = layout.take(4 * docs);
    const maxima = layout.take(4 * this.#blocks);
    const peaks = layout.take(4 * this.#blocks);
    const list = layout.take(4 * docs);
    this.#memory = layout.allocate();
    const { buffer } = this.#memory;
    this.#directions = new Float32Array(buffer, directions, DIRECTIONS * stride);
    this.#row = new Float32Array(buffer, row, stride);
    this.#tables = new Uint8Array(buffer, tables, 4 * stride);
    this.#query = new Int16Array(buffer, query, DIRECTIONS);
    this.#uppers = new Float32Array(buffer, uppers, docs);
    this.#allowed = new Uint8Array(buffer, allowed, docs);
    this.#keyword = new Float32Array(buffer, keyword, docs);
    this.#maxima = new Float32Array(buffer, maxima, this.#blocks);
    this.#peaks = new Float32Array(buffer, peaks, this.#blocks);
    this.#list = new Uint32Array(buffer, list, docs);
    this.#kernel = new WebAssembly.Instance(MODULE, { coarse: { memory: this.#memory } })
      .exports as unknown as Kernel;
  }

  /** Derives the codes from those of the source, a few milliseconds of work between two yields. Until the end, do not scan. */
  *derive(): Generator<void> {
    const { count, stride } = this.#source;
    const step = Math.max(1, Math.floor(count / SAMPLE));
    const sample = Array.from({ length: Math.floor(count / step) }, (_, i) =>
      this.#decoded(i * step, new Float32Array(stride)),
    );
    this.#directions.set(yield* principalDirections(sample, stride, DIRECTIONS));
    for (let doc = 0; doc < this.#blocks * BLOCK; doc++) {
      this.#encode(doc);
      if (doc % AT_ONCE === 0) yield;
    }
  }

  /** Bounds the combinations of all documents; `seeds` and `collect` answer from them. */
  scan(query: Float32Array, { keyword, allowed, peak, ...first }: CoarseQuestion): void {
    const { unit, step, offset, rest } = this.#prepare(query);
    if (allowed) this.#allowed.set(allowed);
    if (keyword) this.#keyword.set(keyword);
    this.#kernel.ask(
      this.#signs,
      this.#coefficients,
      this.#query.byteOffset,
      ...[unit, step, offset, rest],
      this.#uppers.byteOffset,
      allowed ? this.#allowed.byteOffset : 0,
      keyword ? this.#keyword.byteOffset : 0,
      this.#maxima.byteOffset,
      peak ? this.#peaks.byteOffset : 0,
      ...[first.keywordFactor, first.cosineFactor],
      ...[peak?.keywordFactor ?? 0, peak?.cosineFactor ?? 0],
    );
    if (this.#blocks > 0) this.#kernel.scan(0, this.#blocks, this.#size, this.#tables.byteOffset);
  }

  /** Documents whose sums are likely the largest: those of the k blocks with the largest bounds, ascending in each. */
  seeds(k: number, isPeaked: boolean): Uint32Array {
    const blocks = new Set(this.#best(this.#maxima, k));
    if (isPeaked) for (const block of this.#best(this.#peaks, PEAK_BLOCKS)) blocks.add(block);
    let length = 0;
    for (const block of blocks) {
      for (let doc = block * BLOCK; doc < (block + 1) * BLOCK; doc++) {
        if (this.#uppers[doc]! > Number.NEGATIVE_INFINITY) this.#list[length++] = doc;
      }
    }
    return this.#list.subarray(0, length);
  }

  /**
   * Every document whose combination may be at least `least`, or whose second one at least `leastPeak`, ascending. A view,
   * valid until the next call. @param error how far the cosine of a vector from 8-bit codes may be from the exact one.
   */
  collect(
    { least, cosineFactor }: { least: number; cosineFactor: number },
    peak: { least: number; cosineFactor: number } | undefined,
    error: number,
  ): Uint32Array {
    const reached = (wanted: number, factor: number) => {
      // Sums of 32 bits round by their size, which is near that of the bound.
      const rounding = 1e-6 * (Math.abs(wanted) + 2 * factor);
      return Math.max(LOWEST, wanted - factor * (this.#slack + error) - rounding);
    };
    const length = this.#kernel.collect(
      this.#blocks,
      reached(least, cosineFactor),
      peak ? reached(peak.least, peak.cosineFactor) : Number.POSITIVE_INFINITY,
      this.#list.byteOffset,
    );
    return this.#list.subarray(0, length);
  }

  #best(maxima: Float32Array, k: number): number[] {
    const best = new TopDocuments(Math.min(k, maxima.length));
    for (let block = 0; block < maxima.length; block++) {
      if (maxima[block]! > best.threshold) best.add(block, maxima[block]!);
    }
    return best.ranked().map(({ doc }) => doc);
  }

  #decoded(doc: number, row: Float32Array): Float32Array {
    const { codes, scales, stride } = this.#source;
    const scale = scales[doc]!;
    for (let i = 0; i < stride; i++) row[i] = scale * codes[doc * stride + i]!;
    return row;
  }

  #encode(doc: number): void {
    const { count, dimension, stride, scales } = this.#source;
    const block = Math.floor(doc / BLOCK) * this.#size;
    const lane = doc % BLOCK;
    const at = block + this.#signs + this.#coefficients + 4 * lane;
    if (doc >= count || scales[doc] === 0) {
      // All else is zero.
      new Float32Array(this.#memory.buffer, at + 4 * BLOCK, 1)[0] = Number.NEGATIVE_INFINITY;
      return;
    }
    const row = this.#decoded(doc, this.#row);
    const lost = this.#kernel.encode(
      block,
      lane,
      row.byteOffset,
      4 * stride,
      this.#directions.byteOffset,
      DIRECTIONS,
      MAX_COEFFICIENT,
      dimension,
    );
    this.#largestLost = Math.max(this.#largestLost, Math.sqrt(lost));
    this.#largestFactor = Math.max(this.#largestFactor, new Float32Array(this.#memory.buffer, at, 1)[0]!);
  }

  /** Writes the coefficients and the tables of a query. */
  #prepare(query: Float32Array): {
    readonly unit: number;
    readonly step: number;
    readonly offset: number;
    readonly rest: number;
  } {
    const { stride, dimension } = this.#source;
    const rest = new Float64Array(stride);
    rest.set(query.subarray(0, dimension));
    const coefficients = new Float64Array(DIRECTIONS);
    for (let i = 0; i < DIRECTIONS; i++) {
      const coefficient = innerProduct(query, this.#directions, i * stride);
      coefficients[i] = coefficient;
      for (let j = 0; j < dimension; j++) rest[j]! -= coefficient * this.#directions[i * stride + j]!;
    }
    const largest = coefficients.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
    const scale = largest / 32767;
    let lost = 0;
    for (let i = 0; i < DIRECTIONS; i++) {
      const code = Math.round(coefficients[i]! / scale);
      this.#query[i] = code;
      lost += (coefficients[i]! - code * scale) ** 2;
    }
    const { step, offset, error } = this.#writeTables(rest);
    const norm = Math.sqrt(squares(query));
    this.#slack =
      Math.sqrt(squares(coefficients)) * this.#largestLost +
      this.#largestFactor * error +
      2 * Math.sqrt(lost) +
      ROUNDING * norm;
    // Not 0, so that the bound of a document without a vector is -Infinity.
    const restNorm = Math.max(1e-9, Math.sqrt(squares(rest)));
    return { unit: scale / MAX_COEFFICIENT, step, offset, rest: restNorm };
  }

  /**
   * Writes what each combination of four signs adds to the sum of signs and components: in whole steps above the smallest,
   * so few that the sums of a document fit in 16 bits. `error` is how far all together may be off.
   */
  #writeTables(components: Float64Array): {
    readonly step: number;
    readonly offset: number;
    readonly error: number;
  } {
    const levels = Math.min(127, Math.floor(65535 / (components.length / 4)));
    let widest = 1e-30;
    let offset = 0;
    for (let i = 0; i < components.length; i += 4) {
      const sum = sumOfFour(components, i);
      widest = Math.max(widest, 2 * sum);
      offset -= sum;
    }
    const step = widest / levels;
    const values = new Float64Array(16);
    let error = 0;
    for (let i = 0; i < components.length; i += 4) {
      const half = sumOfFour(components, i);
      values[0] = half + components[i]! + components[i + 1]! + components[i + 2]! + components[i + 3]!;
      let worst = 0;
      for (let signs = 0; signs < 16; signs++) {
        if (signs > 0) {
          const without = signs & (signs - 1);
          values[signs] = values[without]! - 2 * components[i + 31 - Math.clz32(signs ^ without)]!;
        }
        const level = Math.min(levels, Math.floor(values[signs]! / step + 0.5));
        this.#tables[4 * i + signs] = level;
        worst = Math.max(worst, Math.abs(values[signs]! - level * step));
      }
      error += worst;
    }
    return { step, offset, error };
  }
}

function sumOfFour(values: Float64Array, start: number): number {
  return (
    Math.abs(values[start]!) +
    Math.abs(values[start + 1]!) +
    Math.abs(values[start + 2]!) +
    Math.abs(values[start + 3]!)
  );
}

function squares(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum;
}

const MODULE = new WebAssembly.Module(Buffer.from(COARSE_KERNEL, 'base64'));
