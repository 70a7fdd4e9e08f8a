import { KERNEL } from './kernel.ts';
import { quantize } from './quantize.ts';

/**
 * From this many documents on a scan of all codes takes longer than 20 ms on one core, and the nearest are
 * chosen by binary codes first. Measured: scripts/measurements/dense.md.
 */
export const APPROXIMATE_FROM = 575_000;
/** Rows are padded with zeros to a multiple of this: so their binary codes are whole 64-bit words. */
const ROW_MULTIPLE = 64;
const PAGE = 2 ** 16;

/** The functions of kernel.wat; lists, rows and tables are given by their address in the memory. */
interface Kernel {
  score(
    list: number,
    count: number,
    codes: number,
    stride: number,
    query: number,
    scales: number,
    step: number,
    scores: number,
  ): void;
  next_above(scores: number, from: number, count: number, bound: number): number;
  signs(codes: number, bytes: number, signs: number): void;
  distance(list: number, count: number, signs: number, width: number, query: number, distances: number): void;
  count(distances: number, count: number, histogram: number): void;
  next_within(distances: number, from: number, count: number, most: number): number;
}

/**
 * The vectors of an index in 8 bits, and room to work on them, in one WebAssembly memory sized to the data. The
 * owner fills `image` from a file that holds another's, or encodes every document; after that a `CodeIndex`
 * answers from it.
 */
export class CodeMemory {
  readonly count: number;
  readonly dimension: number;
  /** From this many documents on, binary codes choose first. */
  readonly approximateFrom: number;
  /** Bytes of a row of codes: the dimension, rounded up to a multiple of 64. */
  readonly stride: number;
  /** Codes, scales and errors as they are in memory, little-endian: the content of a file. */
  readonly image: Uint8Array;
  /** count × stride, row-major. */
  readonly codes: Int8Array;
  /** One a document: the value of a step of its codes. */
  readonly scales: Float32Array;
  /** One a document: the norm of what quantisation lost. */
  readonly errors: Float32Array;
  /** One a document: where the kernel writes scores. */
  readonly scores: Float32Array;
  /** Every document, ascending. */
  readonly everyDoc: Uint32Array;
  /** Room for a list of documents to score. */
  readonly list: Uint32Array;
  /** The query in 16 bits, padded with zeros. */
  readonly query: Int16Array;
  /** One bit a code, stride / 8 bytes a row; empty when `count` is below the size that needs it. */
  readonly binaryCodes: Uint8Array;
  readonly binaryQuery: Uint8Array;
  /** One an entry of the list that was last compared by binary codes. */
  readonly distances: Uint16Array;
  /** How many entries of the list are at each distance. */
  readonly histogram: Uint32Array;
  /** What all of these are parts of. */
  readonly memory: WebAssembly.Memory;
  readonly #kernel: Kernel;

  /**
   * @param count documents. @param dimension components of a vector, at least 1.
   * @param approximateFrom from this many documents on there are binary codes.
   * @throws RangeError when the data does not fit in 4 GiB, the most that WebAssembly addresses.
   */
  constructor(count: number, dimension: number, approximateFrom = APPROXIMATE_FROM) {
    this.count = count;
    this.dimension = dimension;
    this.approximateFrom = approximateFrom;
    this.stride = strideOf(dimension);
    const signed = count >= approximateFrom ? count : 0;
    const layout = new Layout();
    const codes = layout.take(count * this.stride);
    const scales = layout.take(4 * count);
    const errors = layout.take(4 * count);
    const imageEnd = layout.end;
    const scores = layout.take(4 * count);
    const everyDoc = layout.take(4 * count);
    const list = layout.take(4 * count);
    const query = layout.take(2 * this.stride);
    const binaryCodes = layout.take((signed * this.stride) / 8);
    const binaryQuery = layout.take(this.stride / 8);
    const distances = layout.take(2 * signed);
    const histogram = layout.take(4 * (this.stride + 1));
    this.memory = layout.allocate();
    const { buffer } = this.memory;
    this.image = new Uint8Array(buffer, codes, imageEnd - codes);
    this.codes = new Int8Array(buffer, codes, count * this.stride);
    this.scales = new Float32Array(buffer, scales, count);
    this.errors = new Float32Array(buffer, errors, count);
    this.scores = new Float32Array(buffer, scores, count);
    this.everyDoc = new Uint32Array(buffer, everyDoc, count);
    this.list = new Uint32Array(buffer, list, count);
    this.query = new Int16Array(buffer, query, this.stride);
    this.binaryCodes = new Uint8Array(buffer, binaryCodes, (signed * this.stride) / 8);
    this.binaryQuery = new Uint8Array(buffer, binaryQuery, this.stride / 8);
    this.distances = new Uint16Array(buffer, distances, signed);
    this.histogram = new Uint32Array(buffer, histogram, this.stride + 1);
    for (let doc = 0; doc < count; doc++) this.everyDoc[doc] = doc;
    this.#kernel = new WebAssembly.Instance(MODULE, { dense: { memory: this.memory } })
      .exports as unknown as Kernel;
  }

  /** Writes the codes, scale and error of a document. @param vector of `dimension`, L2-normalised; zero for a document without one. */
  encode(doc: number, vector: Float32Array): void {
    const row = this.codes.subarray(doc * this.stride, doc * this.stride + this.dimension);
    const { scale, error } = quantize(vector, row);
    this.scales[doc] = scale;
    this.errors[doc] = error;
  }

  /** One byte a document, 1 for one without a vector: its scale is 0. Undefined if all have one. */
  missing(): Uint8Array | undefined {
    return this.scales.includes(0)
      ? Uint8Array.from(this.scales, (scale) => (scale === 0 ? 1 : 0))
      : undefined;
  }

  /** Writes the scores of these documents: code × query, summed, × scale × `step`. @param docs in the memory. */
  score(docs: Uint32Array, step: number): void {
    const { codes, stride, query, scales, scores } = this;
    if (docs.length === 0) return;
    this.#kernel.score(
      docs.byteOffset,
      docs.length,
      codes.byteOffset,
      stride,
      query.byteOffset,
      scales.byteOffset,
      step,
      scores.byteOffset,
    );
  }

  /** The first document from `from` on with a score of more than `bound`; `count` when there is none. */
  nextAbove(from: number, bound: number): number {
    return this.#kernel.next_above(this.scores.byteOffset, from, this.count, bound);
  }

  /** Writes the binary codes of all documents. */
  writeBinaryCodes(): void {
    const { codes, binaryCodes } = this;
    if (codes.length > 0) this.#kernel.signs(codes.byteOffset, codes.length, binaryCodes.byteOffset);
  }

  /** Writes the Hamming distance of each of these documents to the query, and their histogram. */
  compareBinaryCodes(docs: Uint32Array): void {
    const { binaryCodes, binaryQuery, distances, histogram } = this;
    histogram.fill(0);
    if (docs.length === 0) return;
    const width = binaryQuery.length;
    const { distance, count } = this.#kernel;
    distance(
      docs.byteOffset,
      docs.length,
      binaryCodes.byteOffset,
      width,
      binaryQuery.byteOffset,
      distances.byteOffset,
    );
    count(distances.byteOffset, docs.length, histogram.byteOffset);
  }

  /** The first of `count` distances, from `from` on, that is at most `max`; `count` when there is none. */
  nextWithin(from: number, count: number, max: number): number {
    return this.#kernel.next_within(this.distances.byteOffset, from, count, max);
  }
}

/**
 * The image of a memory with these vectors.
 * @param vectors n × dimension, row-major, each row L2-normalised or zero.
 */
export function codesOf(vectors: Float32Array, dimension: number): Uint8Array {
  const memory = new CodeMemory(vectors.length / dimension, dimension);
  for (let doc = 0; doc < memory.count; doc++) {
    memory.encode(doc, vectors.subarray(doc * dimension, (doc + 1) * dimension));
  }
  return memory.image;
}

function strideOf(dimension: number): number {
  return Math.ceil(dimension / ROW_MULTIPLE) * ROW_MULTIPLE;
}

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
/** WebAssembly addresses have 32 bits. */
const MAX_MEMORY = 2 ** 32;

/** Hands out the addresses of one memory, then the memory. */
class Layout {
  /** The first byte not taken. */
  end = 0;

  /** The address of so many bytes, at a multiple of 4 as the arrays need it. */
  take(bytes: number): number {
    const start = Math.ceil(this.end / 4) * 4;
    this.end = start + bytes;
    return start;
  }

  allocate(): WebAssembly.Memory {
    if (this.end > MAX_MEMORY)
      throw new RangeError(`The vectors need ${this.end} bytes of memory; ${MAX_MEMORY} can be addressed.`);
    return new WebAssembly.Memory({ initial: Math.ceil(this.end / PAGE) });
  }
}
