import { KERNEL } from './kernel.ts';
import { Layout, type SharedMemory } from './layout.ts';
import { quantize } from './quantize.ts';
import type { SharedWork, WorkKernel } from './shared-work.ts';

/** Rows are padded with zeros to a multiple of this: so their signs are whole 64-bit words. */
const ROW_MULTIPLE = 64;
/** Documents of a part of a list that threads score together: a fortieth of a millisecond. */
const PART = 512;

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
  score_part(task: number, n: number): void;
  next_above(scores: number, from: number, count: number, bound: number): number;
}

/**
 * The vectors of an index in 8 bits, and room to work on them, in one WebAssembly memory sized to the data. The
 * owner fills `image` from a file that holds another's, or encodes every document; after that a `CodeIndex`
 * answers from it.
 */
export class CodeMemory {
  readonly count: number;
  readonly dimension: number;
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
  /** What all of these are parts of. */
  readonly memory: SharedMemory;
  /** Shares the scoring of long lists. Default: one thread does all. */
  work: SharedWork | undefined;
  readonly #kernel: Kernel;
  /** The arguments of `score` of kernel.wat, for a task. */
  readonly #task: Uint32Array;

  /**
   * @param count documents. @param dimension components of a vector, at least 1.
   * @throws RangeError when the data does not fit in 4 GiB, the most that WebAssembly addresses.
   */
  constructor(count: number, dimension: number) {
    this.count = count;
    this.dimension = dimension;
    this.stride = strideOf(dimension);
    const layout = new Layout();
    const codes = layout.take(count * this.stride);
    const scales = layout.take(4 * count);
    const errors = layout.take(4 * count);
    const imageEnd = layout.end;
    const scores = layout.take(4 * count);
    const everyDoc = layout.take(4 * count);
    const list = layout.take(4 * count);
    const query = layout.take(2 * this.stride);
    const task = layout.take(4 * 9);
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
    this.#task = new Uint32Array(buffer, task, 9);
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

  /** Takes the codes, scales and errors of documents that follow one another in another memory of the same dimension. */
  copy(doc: number, from: CodeMemory, fromDoc: number, count: number): void {
    const end = fromDoc + count;
    this.codes.set(from.codes.subarray(fromDoc * this.stride, end * this.stride), doc * this.stride);
    this.scales.set(from.scales.subarray(fromDoc, end), doc);
    this.errors.set(from.errors.subarray(fromDoc, end), doc);
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
    const { byteOffset: list, length } = docs;
    if (length === 0) return;
    const rows = [codes.byteOffset, stride, query.byteOffset, scales.byteOffset] as const;
    if (length <= PART || !this.work?.pays) {
      this.#kernel.score(list, length, ...rows, step, scores.byteOffset);
      return;
    }
    this.#task.set([list, length, ...rows, bitsOf(step), scores.byteOffset, PART]);
    this.work.do('score', this.#task.byteOffset, Math.ceil(length / PART));
  }

  /** What a thread needs to score parts of lists. */
  get workKernel(): WorkKernel {
    return { module: MODULE, memory: this.memory, part: this.#kernel.score_part };
  }

  /** The first document from `from` on with a score of more than `bound`; `count` when there is none. */
  nextAbove(from: number, bound: number): number {
    return this.#kernel.next_above(this.scores.byteOffset, from, this.count, bound);
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

/** The bits of a number of 32 bits. */
function bitsOf(value: number): number {
  return new Uint32Array(Float32Array.of(value).buffer)[0]!;
}

/** Bytes of a row of codes: the dimension, rounded up to a multiple of 64. */
export function strideOf(dimension: number): number {
  return Math.ceil(dimension / ROW_MULTIPLE) * ROW_MULTIPLE;
}

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
