import type { PaperSearchError } from '../../../errors.ts';
import { lowerBound } from '../../../util/lower-bound.ts';
import { type BitPlace, CHAINED_CONTEXTS, type NumberReader } from '../../binary/packed-numbers.ts';
import { checksumOf } from '../../store/checksum.ts';
import { positionStartsOf, writePositionStarts } from './positions.ts';
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

/** Numbers of a page in the table. */
const COLUMNS = 7;
const DOCUMENT_WORD = 0;
const FREQUENCY_WORD = 1;
/** Where the positions of its first posting begin. */
const POSITIONS = 2;
/** The document of the posting before it; counts where both are of one term. */
const DOCUMENT_BEFORE = 3;
/** The bits of the two words (five each), and the context of its first frequency. */
const BITS = 4;
const BIT_WIDTH = 5;
/** Of the words of its documents and frequencies; of its positions. */
const POSTINGS_CHECKSUM = 5;
const POSITIONS_CHECKSUM = 6;

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
  /** All positions; 0 until they are loaded. */
  readonly positions: Uint8Array;
  /** Makes positions `[from, end)` readable. */
  loadPositions(from: number, end: number): void;
  /** The error for what is not as it was written. */
  broken(reason: string): PaperSearchError;
}

/** Streams that are in memory. */
export function streamsInMemory(
  documentBits: Uint32Array,
  frequencyBits: Uint32Array,
  positions: Uint8Array,
  broken: PageStreams['broken'],
): PageStreams {
  return {
    documentWords: documentBits.length,
    frequencyWords: frequencyBits.length,
    documents: (from, end) => documentBits.subarray(from, end),
    frequencies: (from, end) => frequencyBits.subarray(from, end),
    positions,
    loadPositions: () => {},
    broken,
  };
}

/**
 * The table of the pages of a segment, for its file.
 * @param rankOf the rank of each frequency. @param documentMarks where every PAGE-th document begins in its stream.
 * @param frequencyMarks likewise.
 */
export function pageTable(
  segment: SegmentCore,
  rankOf: Uint16Array,
  streams: PageStreams,
  documentMarks: readonly BitPlace[],
  frequencyMarks: readonly BitPlace[],
): Uint32Array {
  const positions = positionStartsOf(segment, PAGE);
  const table = new Uint32Array(positions.length * COLUMNS);
  for (let page = 0; page < positions.length; page++) {
    const [document, frequency] = [documentMarks[page]!, frequencyMarks[page]!];
    const before = page * PAGE - 1;
    const context = page === 0 ? 0 : Math.min(rankOf[segment.frequencies[before]!]!, CHAINED_CONTEXTS - 1);
    const row = page * COLUMNS;
    table[row + DOCUMENT_WORD] = document.word;
    table[row + FREQUENCY_WORD] = frequency.word;
    table[row + POSITIONS] = positions[page]!;
    table[row + DOCUMENT_BEFORE] = page === 0 ? 0 : segment.docs[before]!;
    table[row + BITS] = document.bit | (frequency.bit << BIT_WIDTH) | (context << (2 * BIT_WIDTH));
  }
  for (let page = 0; page < positions.length; page++) {
    const row = page * COLUMNS;
    table[row + POSTINGS_CHECKSUM] = checksumOf(
      bytesOf(streams.frequencies(...wordsOf(table, page, FREQUENCY_WORD, streams.frequencyWords))),
      checksumOf(bytesOf(streams.documents(...wordsOf(table, page, DOCUMENT_WORD, streams.documentWords)))),
    );
    const [from, end] = positionsOf(table, page, segment.positions.length);
    table[row + POSITIONS_CHECKSUM] = checksumOf(segment.positions.subarray(from, end));
  }
  return table;
}

/** The words of a stream that a page is decoded from: up to the one after that in which the next page begins. */
function wordsOf(table: Uint32Array, page: number, column: number, length: number): [number, number] {
  const next = table[(page + 1) * COLUMNS + column];
  return [table[page * COLUMNS + column]!, next === undefined ? length : Math.min(next + 2, length)];
}

/** The bytes of a page's positions. */
function positionsOf(table: Uint32Array, page: number, length: number): [number, number] {
  return [table[page * COLUMNS + POSITIONS]!, table[(page + 1) * COLUMNS + POSITIONS] ?? length];
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
  readonly table: Uint32Array;
  /** Of the segment. */
  readonly documents: number;
  readonly firstPosting: Uint32Array;
  readonly streams: PageStreams;
  readonly documentReader: NumberReader;
  readonly frequencyReader: NumberReader;
  readonly frequencyRanks: Uint16Array;
}

/** Reads the postings of a segment by page. The system gives memory only to the parts of the arrays that are written. */
export class PostingPages {
  /** As in the segment; 0 where they are not loaded. */
  readonly arrays: Pick<SegmentCore, 'docs' | 'frequencies'>;
  /** As in the segment; 0 where they are not located, except the first. */
  readonly positionBlocks: Uint32Array;
  readonly #source: PageSource;
  /** One a page. */
  readonly #states: Uint8Array;

  /** @returns undefined for a table that does not fit its streams. */
  static open(source: PageSource): PostingPages | undefined {
    return fits(source) ? new PostingPages(source) : undefined;
  }

  private constructor(source: PageSource) {
    const postings = source.firstPosting.at(-1)!;
    this.#source = source;
    this.#states = new Uint8Array(Math.ceil(postings / PAGE));
    this.arrays = { docs: new Uint32Array(postings), frequencies: new Uint16Array(postings) };
    this.positionBlocks = new Uint32Array(Math.ceil(postings / POSITION_BLOCK));
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
    if (this.#states[page] === LOCATED) return;
    this.#loadPositions(page);
    const { table, streams } = this.#source;
    const { frequencies } = this.arrays;
    const from = page * PAGE;
    const end = Math.min(from + PAGE, frequencies.length);
    const at = table[page * COLUMNS + POSITIONS]!;
    const arrays = { frequencies, positions: streams.positions };
    writePositionStarts(arrays, { from, end, at }, POSITION_BLOCK, this.positionBlocks);
    this.#states[page] = LOCATED;
  }

  /** See `Segment.loadAll`. */
  loadAll(): void {
    this.load(0, this.arrays.docs.length);
    for (let page = 0; page < this.#states.length; page++) {
      if (this.#states[page] !== LOCATED) this.#loadPositions(page);
    }
  }

  #loadPositions(page: number): void {
    const { table, streams } = this.#source;
    const [from, end] = positionsOf(table, page, streams.positions.length);
    streams.loadPositions(from, end);
    if (checksumOf(streams.positions.subarray(from, end)) !== table[page * COLUMNS + POSITIONS_CHECKSUM])
      throw streams.broken('has positions that do not match their checksum');
  }

  #read(page: number): void {
    const { table, streams, frequencyReader, frequencyRanks } = this.#source;
    const { docs, frequencies } = this.arrays;
    const [start, end] = [page * PAGE, (page + 1) * PAGE];
    const row = page * COLUMNS;
    const bits = table[row + BITS]!;
    const documentWords = streams.documents(...wordsOf(table, page, DOCUMENT_WORD, streams.documentWords));
    const frequencyWords = streams.frequencies(
      ...wordsOf(table, page, FREQUENCY_WORD, streams.frequencyWords),
    );
    const checksum = checksumOf(bytesOf(frequencyWords), checksumOf(bytesOf(documentWords)));
    if (checksum !== table[row + POSTINGS_CHECKSUM])
      throw streams.broken('has postings that do not match their checksum');
    frequencyReader.continueIn(frequencyWords, (bits >>> BIT_WIDTH) & 31);
    const own = frequencies.subarray(start, end);
    const isWhole =
      frequencyReader.chained(own, frequencyRanks, bits >>> (2 * BIT_WIDTH)) &&
      this.#readDocuments(page, documentWords);
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
    const row = page * COLUMNS;
    documentReader.continueIn(words, table[row + BITS]! & 31);
    const end = Math.min((page + 1) * PAGE, docs.length);
    let at = page * PAGE;
    // The last term that begins no later.
    let term = lowerBound(0, firstPosting.length - 1, (place) => firstPosting[place]! <= at) - 1;
    let before = firstPosting[term]! < at ? table[row + DOCUMENT_BEFORE]! : -1;
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
  const pages = Math.ceil(firstPosting.at(-1)! / PAGE);
  if (table.length !== pages * COLUMNS) return false;
  for (let page = 0; page < pages; page++) {
    const row = page * COLUMNS;
    const pieces = [
      wordsOf(table, page, DOCUMENT_WORD, streams.documentWords),
      wordsOf(table, page, FREQUENCY_WORD, streams.frequencyWords),
      positionsOf(table, page, streams.positions.length),
    ];
    if (pieces.some(([from, end]) => from > end)) return false;
    if (table[row + POSITIONS]! > streams.positions.length || table[row + DOCUMENT_BEFORE]! >= documents)
      return false;
    if (table[row + BITS]! >>> (2 * BIT_WIDTH) >= CHAINED_CONTEXTS) return false;
  }
  return true;
}
