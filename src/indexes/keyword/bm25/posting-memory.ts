import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { FREQUENCY_BITS, fieldBits, OCCURRENCES, PACKED_FREQUENCIES } from './frequencies.ts';
import { POSTINGS_KERNEL } from './postings-kernel.ts';
import { type BigramKernel, POSITION_BLOCK, type Segment, type VisitBigrams } from './segment.ts';

/** The arrays of a segment that are filled when they are used, and the kernel over them. */
export interface PostingArrays
  extends Pick<Segment, 'docs' | 'frequencies' | 'positions' | 'positionBlocks'> {
  /** Undefined where they are in ordinary memory. */
  readonly kernel?: BigramKernel | undefined;
}

/** Postings from which on a WebAssembly memory is worth what it takes: some milliseconds, and addresses (not memory) for 10 GB. */
const MIN_KERNEL_POSTINGS = 2 ** 20;

/** A memory of WebAssembly has at most so many pages of so many bytes: enough for 4 million abstracts. */
const MEMORY_PAGE = 2 ** 16;
const MAX_MEMORY_PAGES = 2 ** 16;

/** Pairs of postings that are found before their positions are compared. */
const PAIRS = 8192;
/** Lists of which one is this many times as long as the other are intersected by galloping, others by a walk over both. */
const GALLOP_RATIO = 16;
/** Postings of which positions are located together: a page of `posting-pages.ts`. */
const LOCATED_SHIFT = 12;

/** Where things are in the memory (bytes), before the arrays. */
const LAYOUT = 0;
const ENDS = LAYOUT + 8 * (TEXT_FIELDS.length + 1);
const COUNTS = ENDS + 4 * TEXT_FIELDS.length;
const OCCURRENCES_AT = 128;
const FIELDS = OCCURRENCES_AT + PACKED_FREQUENCIES;
const PAIRS_AT = FIELDS + PACKED_FREQUENCIES;
const PAIRS_END = PAIRS_AT + 8 * PAIRS;
const FOUND_DOCS = PAIRS_END;
const FOUND_FREQUENCIES = FOUND_DOCS + 4 * PAIRS;
const ARRAYS = FOUND_FREQUENCIES + 2 * PAIRS;
/** Positions are read eight bytes at a time. */
const PADDING = 8;

/** The functions of postings.wat. */
interface Kernel {
  setUp(...addresses: number[]): void;
  merge: Intersect;
  gallop: Intersect;
  together(pairs: number, end: number, distance: number, docs: number, frequencies: number): number;
  readonly i: { readonly value: number };
  readonly j: { readonly value: number };
}
type Intersect = (
  i: number,
  iEnd: number,
  j: number,
  jEnd: number,
  pairs: number,
  pairsEnd: number,
  swapped: number,
) => number;

let module: WebAssembly.Module | undefined;

/** A bit a field, of every packed frequency. */
function fieldsOfFrequencies(): Uint8Array {
  const fields = new Uint8Array(PACKED_FREQUENCIES);
  for (const [place, field] of TEXT_FIELDS.entries()) {
    const bits = fieldBits([field]);
    for (let packed = 0; packed < fields.length; packed++)
      if ((packed & bits) !== 0) fields[packed]! |= 1 << place;
  }
  return fields;
}

/**
 * Reserves arrays for the postings of a segment, all 0. The system gives memory only to the parts that are written.
 * @param minPostings from how many on they are in a WebAssembly memory, if there is room in one.
 */
export function reservePostings(
  postings: number,
  positionBytes: number,
  minPostings = MIN_KERNEL_POSTINGS,
): PostingArrays {
  const blocks = Math.ceil(postings / POSITION_BLOCK);
  const docsAt = ARRAYS;
  const blocksAt = docsAt + 4 * postings;
  const frequenciesAt = blocksAt + 4 * blocks;
  const positionsAt = frequenciesAt + 2 * postings;
  const pages = Math.ceil((positionsAt + positionBytes + PADDING) / MEMORY_PAGE);
  const memory = postings < minPostings || pages > MAX_MEMORY_PAGES ? undefined : memoryOf(pages);
  if (!memory) {
    return {
      docs: new Uint32Array(postings),
      frequencies: new Uint16Array(postings),
      positionBlocks: new Uint32Array(blocks),
      positions: new Uint8Array(positionBytes),
    };
  }
  const { buffer } = memory;
  return {
    docs: new Uint32Array(buffer, docsAt, postings),
    frequencies: new Uint16Array(buffer, frequenciesAt, postings),
    positionBlocks: new Uint32Array(buffer, blocksAt, blocks),
    positions: new Uint8Array(buffer, positionsAt, positionBytes),
    kernel: new PostingsKernel(memory, [docsAt, frequenciesAt, blocksAt, positionsAt]),
  };
}

/** Undefined where the system does not let a process have so many addresses. */
function memoryOf(pages: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Finds bigrams in the postings of a WebAssembly memory. */
class PostingsKernel implements BigramKernel {
  readonly #kernel: Kernel;
  readonly #pairs: Uint32Array;
  readonly #docs: Uint32Array;
  readonly #frequencies: Uint16Array;

  /** @param arrays where documents, frequencies, blocks of positions, and positions begin. */
  constructor(memory: WebAssembly.Memory, arrays: readonly number[]) {
    module ??= new WebAssembly.Module(Buffer.from(POSTINGS_KERNEL, 'base64'));
    this.#kernel = new WebAssembly.Instance(module, { keyword: { memory } }).exports as unknown as Kernel;
    const { buffer } = memory;
    const shifts = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field]);
    new Uint32Array(buffer, LAYOUT).set([...shifts.flatMap(({ shift, max }) => [shift, max]), 32]);
    new Uint8Array(buffer, OCCURRENCES_AT).set(OCCURRENCES);
    new Uint8Array(buffer, FIELDS).set(fieldsOfFrequencies());
    this.#pairs = new Uint32Array(buffer, PAIRS_AT, 2 * PAIRS);
    this.#docs = new Uint32Array(buffer, FOUND_DOCS, PAIRS);
    this.#frequencies = new Uint16Array(buffer, FOUND_FREQUENCIES, PAIRS);
    this.#kernel.setUp(...arrays, OCCURRENCES_AT, FIELDS, LAYOUT, ENDS, COUNTS);
  }

  bigrams(segment: Segment, first: number, second: number, distance: number, visit: VisitBigrams): number {
    const { firstPosting } = segment;
    const [firstEnd, secondEnd] = [firstPosting[first + 1]!, firstPosting[second + 1]!];
    let [i, j] = [firstPosting[first]!, firstPosting[second]!];
    const isSwapped = firstEnd - i > secondEnd - j;
    let [end, otherEnd] = [firstEnd, secondEnd];
    if (isSwapped) [i, j, end, otherEnd] = [j, i, otherEnd, end];
    const kernel = this.#kernel;
    const intersect = otherEnd - j > GALLOP_RATIO * (end - i) ? kernel.gallop : kernel.merge;
    let common = 0;
    for (let pairsEnd = PAIRS_END; pairsEnd === PAIRS_END; ) {
      pairsEnd = intersect(i, end, j, otherEnd, PAIRS_AT, PAIRS_END, isSwapped ? 4 : 0);
      [i, j] = [kernel.i.value, kernel.j.value];
      const words = (pairsEnd - PAIRS_AT) / 4;
      common += words / 2;
      this.#locate(segment, words);
      const found = this.#together(pairsEnd, distance);
      if (visit(this.#docs.subarray(0, found), this.#frequencies.subarray(0, found))) break;
    }
    return common;
  }

  /** Makes the positions of the pairs readable. @param words of the pairs. */
  #locate(segment: Segment, words: number): void {
    const pairs = this.#pairs;
    for (const start of [0, 1]) {
      let located = -1;
      for (let at = start; at < words; at += 2) {
        const posting = pairs[at]!;
        if (posting >>> LOCATED_SHIFT === located) continue;
        segment.locate(posting);
        located = posting >>> LOCATED_SHIFT;
      }
    }
  }

  #together(pairsEnd: number, distance: number): number {
    try {
      return this.#kernel.together(PAIRS_AT, pairsEnd, distance, FOUND_DOCS, FOUND_FREQUENCIES);
    } catch (error) {
      // Positions that lead out of the memory.
      if (!(error instanceof Error) || error.name !== 'RuntimeError') throw error;
      throw new PaperSearchError('INDEX_CORRUPT', 'The keyword index has more positions than it can have.');
    }
  }
}
