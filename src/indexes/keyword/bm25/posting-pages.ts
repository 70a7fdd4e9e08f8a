import type { PaperSearchError } from '../../../errors.ts';
import { lowerBound } from '../../../util/lower-bound.ts';
import type { BitPlace } from '../../binary/number-packer.ts';
import { CHAINED_CONTEXTS, type NumberReader } from '../../binary/packed-numbers.ts';
import { checksumOf } from '../../store/checksum.ts';
import { PageColumn, PageTable } from './page-table.ts';
import { packPositions, unpackPositions } from './position-codes.ts';
import { writePositionStarts } from './positions.ts';
import { type PostingArrays, reservePostings } from './posting-memory.ts';
import { POSITION_BLOCK, type SegmentCore } from './segment.ts';

/*
 * Postings of an opened segment are decoded by page, a fixed number of them in a row whatever their terms, at the first use:
 * an index of a million papers has more than 100 million, and most are of terms that no query has. Decoding all of them
 * when the index is opened would take most of that time, and 700 MB. The table of pages has where each begins in the
 * streams of `compact-segment.ts`, what decoding needs to know of the posting before it, and checksums, as a page may be all
 * that is read of a file.
 */

/** Postings of a page; a multiple of POSITION_BLOCK. Decoding one takes 0.1 ms. */
export const PAGE = 4096;

/** Bits of each place of a bit in `PageColumn.bits`. */
const BIT_WIDTH = 5;

/** What has been read of a page. */
const UNREAD = 0;
const READ = 1;
const LOCATED = 2;

/** The stored postings of a segment, in memory or in a file. */
export interface PageStreams {
  /** How many words the stream of documents has, and that of frequencies. */
  readonly documentWords: number;
  readonly frequencyWords: number;
  /** The words `[from, end)` of a stream. Valid until the next call. */
  documents(from: number, end: number): Uint32Array;
  frequencies(from: number, end: number): Uint32Array;
  readonly positions: StoredPositions;
  /** The error for what is not as it was written. */
  broken(reason: string): PaperSearchError;
}

/** The positions of all postings as they are stored. */
export interface StoredPositions {
  /** Whether they are as in `position-codes.ts`; in an earlier file they are as in memory. */
  readonly arePacked: boolean;
  /** How many bytes they take, and in memory. */
  readonly storedBytes: number;
  readonly bytes: number;
  /** The bytes `[from, end)` as they are stored. Valid until the next call. */
  read(from: number, end: number): Uint8Array;
}

/** Streams that are in memory. */
export function streamsInMemory(
  documentBits: Uint32Array,
  frequencyBits: Uint32Array,
  positions: StoredPositions,
  broken: PageStreams['broken'],
): PageStreams {
  return {
    documentWords: documentBits.length,
    frequencyWords: frequencyBits.length,
    documents: (from, end) => documentBits.subarray(from, end),
    frequencies: (from, end) => frequencyBits.subarray(from, end),
    positions,
    broken,
  };
}

/**
 * The table of the pages of a segment, for its file.
 * @param rankOf the rank of each frequency. @param documentMarks where every PAGE-th document begins in its stream.
 * @param frequencyMarks likewise. @param positions where the positions of every PAGE-th posting begin, as they are stored
 *   (`marks`) and in memory (`starts`).
 */
export function pageTable(
  segment: SegmentCore,
  rankOf: Uint16Array,
  streams: PageStreams,
  documentMarks: readonly BitPlace[],
  frequencyMarks: readonly BitPlace[],
  { marks, starts }: { readonly marks: Uint32Array; readonly starts: Uint32Array },
): Uint32Array {
  const table = PageTable.empty(starts.length);
  for (let page = 0; page < table.pages; page++) {
    const [document, frequency] = [documentMarks[page]!, frequencyMarks[page]!];
    const before = page * PAGE - 1;
    const context = page === 0 ? 0 : Math.min(rankOf[segment.frequencies[before]!]!, CHAINED_CONTEXTS - 1);
    table.set(page, PageColumn.documents, document.word);
    table.set(page, PageColumn.frequencies, frequency.word);
    table.set(page, PageColumn.positions, starts[page]!);
    table.set(page, PageColumn.documentBefore, page === 0 ? 0 : segment.docs[before]!);
    const bits = document.bit | (frequency.bit << BIT_WIDTH) | (context << (2 * BIT_WIDTH));
    table.set(page, PageColumn.bits, bits);
    table.set(page, PageColumn.positionCodes, marks[page]!);
  }
  for (let page = 0; page < table.pages; page++) {
    const words = wordsOfPage(table, page, streams);
    table.set(page, PageColumn.postingsChecksum, checksumOfWords(words));
    const stored = streams.positions.read(...positionsOfPage(table, page, streams.positions));
    table.set(page, PageColumn.positionsChecksum, checksumOf(stored));
  }
  return table.numbers;
}

interface PageWords {
  readonly documents: Uint32Array;
  readonly frequencies: Uint32Array;
}

function wordsOfPage(table: PageTable, page: number, streams: PageStreams): PageWords {
  const { documentWords, frequencyWords } = streams;
  return {
    documents: streams.documents(...table.words(page, PageColumn.documents, documentWords)),
    frequencies: streams.frequencies(...table.words(page, PageColumn.frequencies, frequencyWords)),
  };
}

function checksumOfWords({ documents, frequencies }: PageWords): number {
  return checksumOf(bytesOf(frequencies), checksumOf(bytesOf(documents)));
}

/** Where the positions of a page are as they are stored. */
function positionsOfPage(table: PageTable, page: number, stored: StoredPositions): [number, number] {
  const column = stored.arePacked ? PageColumn.positionCodes : PageColumn.positions;
  return table.range(page, column, stored.storedBytes);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The context of a term's documents: how many bits its mean difference has. */
export function gapContext(documents: number, postings: number): number {
  return 31 - Math.clz32(Math.max(1, Math.floor(documents / Math.max(1, postings))));
}

/** What the postings of a segment are read from. */
interface PageSource {
  readonly table: PageTable;
  /** Of the segment. */
  readonly documents: number;
  readonly firstPosting: Uint32Array;
  readonly streams: PageStreams;
  readonly documentReader: NumberReader;
  readonly frequencyReader: NumberReader;
  readonly frequencyRanks: Uint16Array;
}

/** Reads the postings of a segment by page. */
export class PostingPages {
  /** As in the segment; 0 where they are not loaded, or not located (of blocks, except the first). */
  readonly arrays: PostingArrays;
  readonly #source: PageSource;
  /** One a page. */
  readonly #states: Uint8Array;

  /** @param minKernelPostings see `reservePostings`. @returns undefined for a table that does not fit its streams. */
  static open(source: PageSource, minKernelPostings?: number): PostingPages | undefined {
    return fits(source) ? new PostingPages(source, minKernelPostings) : undefined;
  }

  private constructor(source: PageSource, minKernelPostings?: number) {
    const postings = source.firstPosting.at(-1)!;
    this.#source = source;
    this.#states = new Uint8Array(Math.ceil(postings / PAGE));
    this.arrays = reservePostings(postings, source.streams.positions.bytes, minKernelPostings);
  }

  /** See `Segment.load`. */
  load(start: number, end: number): void {
    if (start >= end) return;
    const last = Math.floor((end - 1) / PAGE);
    for (let page = Math.floor(start / PAGE); page <= last; page++) {
      if (this.#states[page] === UNREAD) this.#read(page);
    }
  }

  /** See `Segment.locate`. */
  locate(posting: number): void {
    const page = Math.floor(posting / PAGE);
    if (this.#states[page] !== LOCATED) this.#locate(page);
  }

  /** See `Segment.positionCodes`. */
  positionCodes(): Uint8Array {
    const { positions } = this.#source.streams;
    const pages = this.#states.length;
    if (!positions.arePacked) {
      this.load(0, this.arrays.docs.length);
      for (let page = 0; page < pages; page++) if (this.#states[page] !== LOCATED) this.#locate(page);
      return packPositions(this.arrays);
    }
    const codes = new Uint8Array(positions.storedBytes);
    for (let page = 0, at = 0; page < pages; page++) {
      const stored = this.#storedPositions(page);
      codes.set(stored, at);
      at += stored.length;
    }
    return codes;
  }

  /** Valid until the next call. */
  #storedPositions(page: number): Uint8Array {
    const { table, streams } = this.#source;
    const { positions } = streams;
    const stored = positions.read(...positionsOfPage(table, page, positions));
    if (checksumOf(stored) !== table.at(page, PageColumn.positionsChecksum))
      throw streams.broken('has positions that do not match their checksum');
    return stored;
  }

  #locate(page: number): void {
    const { table, streams } = this.#source;
    const { positions } = streams;
    const stored = this.#storedPositions(page);
    const [first, last] = [page * PAGE, Math.min((page + 1) * PAGE, this.arrays.docs.length)];
    const [at, end] = table.range(page, PageColumn.positions, positions.bytes);
    if (!positions.arePacked) {
      this.arrays.positions.set(stored, at);
      const range = { from: first, end: last, at };
      writePositionStarts(this.arrays, range, POSITION_BLOCK, this.arrays.positionBlocks);
    } else if (!unpackPositions(stored, [first, last], [at, end], this.arrays)) {
      throw streams.broken('has positions that cannot be read');
    }
    this.#states[page] = LOCATED;
  }

  #read(page: number): void {
    const { table, streams, frequencyReader, frequencyRanks } = this.#source;
    const { docs, frequencies } = this.arrays;
    const [start, end] = [page * PAGE, (page + 1) * PAGE];
    const bits = table.at(page, PageColumn.bits);
    const words = wordsOfPage(table, page, streams);
    if (checksumOfWords(words) !== table.at(page, PageColumn.postingsChecksum))
      throw streams.broken('has postings that do not match their checksum');
    frequencyReader.continueIn(words.frequencies, (bits >>> BIT_WIDTH) & 31);
    const own = frequencies.subarray(start, end);
    const isWhole =
      frequencyReader.chained(own, frequencyRanks, bits >>> (2 * BIT_WIDTH)) &&
      this.#readDocuments(page, words.documents);
    if (!isWhole) {
      // Not left half read: no later question may be answered from it.
      own.fill(0);
      docs.subarray(start, end).fill(0);
      throw streams.broken('has postings that cannot be read');
    }
    this.#states[page] = READ;
  }

  /** @returns whether all of them are documents of the segment. */
  #readDocuments(page: number, words: Uint32Array): boolean {
    const { table, documents, firstPosting, documentReader } = this.#source;
    const { docs } = this.arrays;
    documentReader.continueIn(words, table.at(page, PageColumn.bits) & 31);
    const end = Math.min((page + 1) * PAGE, docs.length);
    let at = page * PAGE;
    // The last term that begins no later.
    let term = lowerBound(0, firstPosting.length - 1, (place) => firstPosting[place]! <= at) - 1;
    let before = firstPosting[term]! < at ? table.at(page, PageColumn.documentBefore) : -1;
    for (; at < end; term++) {
      const termEnd = firstPosting[term + 1]!;
      const stop = Math.min(termEnd, end);
      const context = gapContext(documents, termEnd - firstPosting[term]!);
      if (documentReader.ascending(context, docs, at, stop, before) >= documents) return false;
      at = stop;
      before = -1;
    }
    return true;
  }
}

function fits({ table, firstPosting, documents, streams }: PageSource): boolean {
  if (table.pages !== pagesOf(firstPosting.at(-1)!)) return false;
  const { documentWords, frequencyWords, positions } = streams;
  for (let page = 0; page < table.pages; page++) {
    const pieces = [
      table.words(page, PageColumn.documents, documentWords),
      table.words(page, PageColumn.frequencies, frequencyWords),
      table.range(page, PageColumn.positions, positions.bytes),
      positionsOfPage(table, page, positions),
    ];
    if (pieces.some(([from, end]) => from > end)) return false;
    if (table.at(page, PageColumn.documentBefore) >= documents) return false;
    if (table.at(page, PageColumn.bits) >>> (2 * BIT_WIDTH) >= CHAINED_CONTEXTS) return false;
  }
  return true;
}

/** How many pages postings take. */
export function pagesOf(postings: number): number {
  return Math.ceil(postings / PAGE);
}
