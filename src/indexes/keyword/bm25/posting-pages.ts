import { PaperSearchError } from '../../../errors.ts';
import { lowerBound } from '../../../util/lower-bound.ts';
import { type BitPlace, CHAINED_CONTEXTS, type NumberReader } from '../../binary/packed-numbers.ts';
import { positionStartsOf, writePositionStarts } from './positions.ts';
import { POSITION_BLOCK, type SegmentCore } from './segment.ts';

/*
 * Postings of an opened segment are decoded by page, a fixed number of them in a row whatever their terms, at the first use:
 * an index of a million papers has more than 100 million, and most are of terms that no query has. Decoding all of them
 * when the index is opened would take most of that time, and 700 MB. The table of pages has where each begins in the
 * streams of `compact-segment.ts`, and what decoding needs to know of the posting before it.
 */

/** Postings of a page; a multiple of POSITION_BLOCK. Decoding one takes 0.1 ms. */
export const PAGE = 4096;

/** Numbers of a page in the table. */
const COLUMNS = 5;
const DOCUMENT_WORD = 0;
const FREQUENCY_WORD = 1;
/** Where the positions of its first posting begin. */
const POSITIONS = 2;
/** The document of the posting before it; counts where both are of one term. */
const DOCUMENT_BEFORE = 3;
/** The bits of the two words (five each), and the context of its first frequency. */
const BITS = 4;
const BIT_WIDTH = 5;

/** What has been read of a page. */
const UNREAD = 0;
const READ = 1;
const LOCATED = 2;

/**
 * The table of the pages of a segment, for its file.
 * @param rankOf the rank of each frequency. @param documentMarks where every PAGE-th document begins in its stream.
 * @param frequencyMarks likewise.
 */
export function pageTable(
  segment: SegmentCore,
  rankOf: Uint16Array,
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
  return table;
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
  readonly positions: Uint8Array;
  readonly documentBits: Uint32Array;
  readonly frequencyBits: Uint32Array;
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
    const { table, positions } = this.#source;
    const { frequencies } = this.arrays;
    const from = page * PAGE;
    const end = Math.min(from + PAGE, frequencies.length);
    const at = table[page * COLUMNS + POSITIONS]!;
    writePositionStarts({ frequencies, positions }, { from, end, at }, POSITION_BLOCK, this.positionBlocks);
    this.#states[page] = LOCATED;
  }

  #read(page: number): void {
    const { table, frequencyReader, frequencyRanks } = this.#source;
    const { docs, frequencies } = this.arrays;
    const bits = table[page * COLUMNS + BITS]!;
    const bit = (bits >>> BIT_WIDTH) & 31;
    frequencyReader.moveTo({ word: table[page * COLUMNS + FREQUENCY_WORD]!, bit });
    const own = frequencies.subarray(page * PAGE, (page + 1) * PAGE);
    const isWhole =
      frequencyReader.chained(own, frequencyRanks, bits >>> (2 * BIT_WIDTH)) && this.#readDocuments(page);
    if (!isWhole) {
      // Not left half read: no later question may be answered from it.
      own.fill(0);
      docs.subarray(page * PAGE, (page + 1) * PAGE).fill(0);
      throw new PaperSearchError('INDEX_CORRUPT', 'The keyword index has postings that cannot be read.');
    }
    this.#states[page] = READ;
  }

  /** @returns whether all of them are documents of the segment. */
  #readDocuments(page: number): boolean {
    const { table, documents, firstPosting, documentReader } = this.#source;
    const { docs } = this.arrays;
    const row = page * COLUMNS;
    documentReader.moveTo({ word: table[row + DOCUMENT_WORD]!, bit: table[row + BITS]! & 31 });
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

function fits({ table, firstPosting, documents, positions, ...streams }: PageSource): boolean {
  const pages = Math.ceil(firstPosting.at(-1)! / PAGE);
  if (table.length !== pages * COLUMNS) return false;
  for (let row = 0; row < table.length; row += COLUMNS) {
    if (table[row + DOCUMENT_WORD]! >= streams.documentBits.length) return false;
    if (table[row + FREQUENCY_WORD]! >= streams.frequencyBits.length) return false;
    if (table[row + POSITIONS]! > positions.length || table[row + DOCUMENT_BEFORE]! >= documents)
      return false;
    if (table[row + BITS]! >>> (2 * BIT_WIDTH) >= CHAINED_CONTEXTS) return false;
  }
  return true;
}
