import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { type BitPlace, type NumberSink, packNumbers } from '../../binary/number-packer.ts';
import { CHAINED_CONTEXTS, NumberReader, type PackedNumbers } from '../../binary/packed-numbers.ts';
import { PageTable } from './page-table.ts';
import { codePlaces } from './position-codes.ts';
import {
  gapContext,
  PAGE,
  PostingPages,
  pagesOf,
  pageTable,
  type StoredPositions,
  streamsInMemory,
} from './posting-pages.ts';
import { documentCount, type Segment, type SegmentCore } from './segment.ts';

/*
 * A segment in few bytes. All but its positions are streams of small numbers, packed in the contexts in which they are
 * distributed alike: documents as differences, in that of their term's frequency; frequencies as ranks among all, in
 * that of the posting before, whatever its term. Positions have whole bytes (`position-codes.ts`), which take 136 instead of
 * 203 a paper, and little time to read; prefix codes would take 117, and more time.
 */

/** The arrays of a file: `sizes`, and of each stream its codes and its bits. */
export interface CompactSegment {
  /** Documents, terms, bytes of all terms, postings, bytes of positions in memory (which earlier files lack). */
  readonly sizes: Uint32Array;
  /** The packed frequencies that occur, and the bytes of terms, the most frequent first. */
  readonly frequencyRanks: Uint16Array;
  readonly byteRanks: Uint16Array;
  /** The positions (`position-codes.ts`); in earlier files as in the segment. */
  readonly positionCodes?: Uint8Array | undefined;
  readonly positions?: Uint8Array | undefined;
  /** As in the segment. */
  readonly compoundBits: Uint8Array;
  /** Where pages of postings begin (`posting-pages.ts`); earlier files lack it, and are read whole when they are opened. */
  readonly pageTable?: Uint32Array | undefined;
  readonly streams: Readonly<Record<Stream, PackedNumbers>>;
}

/** Each stream with the number of its contexts. */
export const STREAMS = {
  terms: 3,
  termBytes: 1,
  documents: 32,
  frequencies: CHAINED_CONTEXTS,
  lengths: TEXT_FIELDS.length,
} as const;
type Stream = keyof typeof STREAMS;

/** Contexts of `terms`. */
const PREFIX = 0;
const SUFFIX = 1;
const POSTINGS = 2;

/** Packs a segment. */
export function compactSegment(segment: Segment): CompactSegment {
  const { termBytes, termEnds, docs, frequencies, compoundBits } = segment;
  segment.load(0, docs.length);
  const frequencyRanks = byFrequency(frequencies, 1 << 16);
  const suffixes = suffixesOf(segment);
  const byteRanks = byFrequency(suffixes.bytes, 256);
  const rankOf = inverse(frequencyRanks, 1 << 16);
  const byteRankOf = inverse(byteRanks, 256);
  const pack = (stream: Stream, each: (sink: NumberSink) => void, marks?: BitPlace[]) =>
    packNumbers(STREAMS[stream], each, (place) => marks?.push(place), marks && PAGE);
  const documentMarks: BitPlace[] = [];
  const frequencyMarks: BitPlace[] = [];
  const documents = pack('documents', (sink) => eachDocument(segment, sink), documentMarks);
  const ranks = pack('frequencies', (sink) => sink.chained(frequencies, rankOf), frequencyMarks);
  const positionCodes = segment.positionCodes();
  const places = codePlaces({ frequencies, codes: positionCodes }, PAGE);
  const ofPositions = positionsInMemory(positionCodes, places.bytes, true);
  const stored = streamsInMemory(documents.bits, ranks.bits, ofPositions, broken);
  return {
    sizes: Uint32Array.of(
      documentCount(segment),
      termEnds.length,
      termBytes.length,
      docs.length,
      places.bytes,
    ),
    frequencyRanks,
    byteRanks,
    positionCodes,
    compoundBits,
    pageTable: pageTable(segment, rankOf, stored, documentMarks, frequencyMarks, places),
    streams: {
      terms: pack('terms', (sink) => eachTerm(segment, suffixes.prefixes, sink)),
      termBytes: pack('termBytes', (sink) => {
        for (const byte of suffixes.bytes) sink.add(0, byteRankOf[byte]!);
      }),
      documents,
      frequencies: ranks,
      lengths: pack('lengths', (sink) => eachLength(segment, sink)),
    },
  };
}

function eachTerm({ termEnds, firstPosting }: SegmentCore, prefixes: Uint32Array, sink: NumberSink): void {
  for (let term = 0; term < termEnds.length; term++) {
    sink.add(PREFIX, prefixes[term]!);
    sink.add(SUFFIX, termEnds[term]! - (term === 0 ? 0 : termEnds[term - 1]!) - prefixes[term]!);
    sink.add(POSTINGS, firstPosting[term + 1]! - firstPosting[term]!);
  }
}

function eachDocument(segment: SegmentCore, sink: NumberSink): void {
  const { docs, firstPosting } = segment;
  const documents = documentCount(segment);
  for (let term = 0; term < firstPosting.length - 1; term++) {
    const [start, end] = [firstPosting[term]!, firstPosting[term + 1]!];
    sink.ascending(gapContext(documents, end - start), docs, start, end);
  }
}

function eachLength({ fieldLengths }: SegmentCore, sink: NumberSink): void {
  for (let i = 0; i < fieldLengths.length; i++) sink.add(i % TEXT_FIELDS.length, fieldLengths[i]!);
}

/** Of each term, how many bytes it begins with as the one before does, and the others of all. */
function suffixesOf({ termBytes, termEnds }: SegmentCore): { prefixes: Uint32Array; bytes: Uint8Array } {
  const prefixes = new Uint32Array(termEnds.length);
  const bytes = new Uint8Array(termBytes.length);
  let length = 0;
  let before = 0;
  let start = 0;
  for (let term = 0; term < termEnds.length; term++) {
    const end = termEnds[term]!;
    let prefix = 0;
    while (
      before + prefix < start &&
      start + prefix < end &&
      termBytes[before + prefix] === termBytes[start + prefix]
    )
      prefix++;
    prefixes[term] = prefix;
    bytes.set(termBytes.subarray(start + prefix, end), length);
    length += end - start - prefix;
    before = start;
    start = end;
  }
  return { prefixes, bytes: bytes.subarray(0, length) };
}

/** The different numbers, the most frequent first. @param limit all are below. */
function byFrequency(numbers: Uint8Array | Uint16Array, limit: number): Uint16Array {
  const counts = new Uint32Array(limit);
  for (let i = 0; i < numbers.length; i++) counts[numbers[i]!]!++;
  return Uint16Array.from(
    Array.from(counts.keys())
      .filter((number) => counts[number]! > 0)
      .sort((a, b) => counts[b]! - counts[a]! || a - b),
  );
}

function inverse(order: Uint16Array, limit: number): Uint16Array {
  const places = new Uint16Array(limit);
  for (let place = 0; place < order.length; place++) places[order[place]!] = place;
  return places;
}

/** @param bytes how many they take in a segment. */
function positionsInMemory(stored: Uint8Array, bytes: number, arePacked: boolean): StoredPositions {
  return {
    arePacked,
    storedBytes: stored.length,
    bytes,
    read: (from, end) => stored.subarray(from, end),
  };
}

function broken(reason: string): PaperSearchError {
  return new PaperSearchError('INDEX_CORRUPT', `The keyword index ${reason}.`);
}

/** The arrays of a packed segment, and what its positions are read from: pages, or all of them as in memory. */
type Expanded = { readonly core: SegmentCore } & (
  | { readonly pages: PostingPages }
  | { readonly positions: Uint8Array; readonly pages?: undefined }
);

/**
 * The arrays of a packed segment; undefined if it is damaged. Its postings are read by page, at the first use of each,
 * where the file has places of pages.
 * @param stored its positions, documents and frequencies. Default: they are those of `packed`.
 * @param minKernelPostings see `reservePostings`.
 */
export function expandSegment(
  packed: CompactSegment,
  stored = streamsInMemory(
    packed.streams.documents.bits,
    packed.streams.frequencies.bits,
    packed.positionCodes
      ? positionsInMemory(packed.positionCodes, packed.sizes[4] ?? 0, true)
      : positionsInMemory(packed.positions ?? new Uint8Array(0), packed.positions?.length ?? 0, false),
    broken,
  ),
  minKernelPostings?: number,
): Expanded | undefined {
  const { frequencyRanks, byteRanks, streams } = packed;
  const readers = {} as Record<Stream, NumberReader>;
  for (const stream of Object.keys(STREAMS) as Stream[]) {
    const reader = NumberReader.open(streams[stream], STREAMS[stream]);
    if (!reader) return undefined;
    readers[stream] = reader;
  }
  const [documents = 0, terms = 0, termLength = 0, postings = 0] = packed.sizes;
  // Every number takes a bit at least: so a damaged size cannot ask for much memory.
  const fits = (count: number, words: number) => count <= words * 32;
  if (!fits(terms * 3, streams.terms.bits.length)) return undefined;
  if (!fits(postings, stored.documentWords) || !fits(postings, stored.frequencyWords)) return undefined;
  // A stored byte of positions takes two in memory at most.
  if (stored.positions.bytes > 2 * stored.positions.storedBytes) return undefined;
  if (!fits(documents * TEXT_FIELDS.length, streams.lengths.bits.length)) return undefined;
  if (packed.compoundBits.length !== Math.ceil(terms / 8)) return undefined;
  const lists = expandTerms(readers.terms, readers.termBytes, byteRanks, { terms, termLength, postings });
  if (!lists) return undefined;
  const fieldLengths = new Uint16Array(documents * TEXT_FIELDS.length);
  for (let i = 0; i < fieldLengths.length; i++)
    fieldLengths[i] = readers.lengths.next(i % TEXT_FIELDS.length);
  const { terms: ofTerms, termBytes, lengths, ...ofPostings } = readers;
  if (![ofTerms, termBytes, lengths].every(({ isAtEnd }) => isAtEnd)) return undefined;
  if (packed.pageTable) {
    const table = PageTable.of(packed.pageTable, pagesOf(postings), stored.positions.arePacked);
    if (!table) return undefined;
    const pages = PostingPages.open(
      {
        table,
        documents,
        firstPosting: lists.firstPosting,
        streams: stored,
        documentReader: ofPostings.documents,
        frequencyReader: ofPostings.frequencies,
        frequencyRanks,
      },
      minKernelPostings,
    );
    if (!pages) return undefined;
    const { docs, frequencies } = pages.arrays;
    return { core: { ...lists, docs, frequencies, fieldLengths }, pages };
  }
  const { positions } = packed;
  if (!positions) return undefined;
  const docs = expandDocuments(ofPostings.documents, lists.firstPosting, documents);
  const frequencies = expandFrequencies(ofPostings.frequencies, postings, frequencyRanks);
  if (!docs || !frequencies || !Object.values(ofPostings).every(({ isAtEnd }) => isAtEnd)) return undefined;
  return { core: { ...lists, docs, frequencies, fieldLengths }, positions };
}

function expandTerms(
  numbers: NumberReader,
  letters: NumberReader,
  ranks: Uint16Array,
  { terms, termLength, postings }: { terms: number; termLength: number; postings: number },
): Pick<SegmentCore, 'termBytes' | 'termEnds' | 'firstPosting'> | undefined {
  const prefixes = new Uint32Array(terms);
  const termEnds = new Uint32Array(terms);
  const firstPosting = new Uint32Array(terms + 1);
  let length = 0;
  let suffixLength = 0;
  let last = 0;
  for (let term = 0; term < terms; term++) {
    const prefix = numbers.next(PREFIX);
    const suffix = numbers.next(SUFFIX);
    prefixes[term] = prefix;
    suffixLength += suffix;
    length += prefix + suffix;
    termEnds[term] = length;
    last += numbers.next(POSTINGS);
    firstPosting[term + 1] = last;
    if (length > termLength || last > postings) return undefined;
  }
  const suffixes = new Uint8Array(suffixLength);
  if (length !== termLength || last !== postings || !letters.fill(0, suffixes, ranks)) return undefined;
  const termBytes = joinTerms(prefixes, suffixes, termEnds);
  return termBytes && { termBytes, termEnds, firstPosting };
}

/** The bytes of terms, each of a beginning of the one before and of a suffix; undefined where that one is shorter. */
function joinTerms(
  prefixes: Uint32Array,
  suffixes: Uint8Array,
  termEnds: Uint32Array,
): Uint8Array | undefined {
  const termBytes = new Uint8Array(termEnds.at(-1) ?? 0);
  let before = 0;
  let start = 0;
  let at = 0;
  let suffix = 0;
  for (let term = 0; term < termEnds.length; term++) {
    const prefix = prefixes[term]!;
    if (prefix > start - before) return undefined;
    // Plain loops: most parts have a few bytes.
    for (let i = 0; i < prefix; i++) termBytes[at++] = termBytes[before + i]!;
    for (const end = termEnds[term]!; at < end; ) termBytes[at++] = suffixes[suffix++]!;
    before = start;
    start = at;
  }
  return termBytes;
}

function expandDocuments(
  reader: NumberReader,
  firstPosting: Uint32Array,
  documents: number,
): Uint32Array | undefined {
  const docs = new Uint32Array(firstPosting.at(-1)!);
  for (let term = 0; term < firstPosting.length - 1; term++) {
    const end = firstPosting[term + 1]!;
    const context = gapContext(documents, end - firstPosting[term]!);
    const doc = reader.ascending(context, docs, firstPosting[term]!, end);
    if (doc >= documents) return undefined;
  }
  return docs;
}

/** Undefined where a rank is of no frequency. */
function expandFrequencies(reader: NumberReader, count: number, ranks: Uint16Array): Uint16Array | undefined {
  const frequencies = new Uint16Array(count);
  return reader.chained(frequencies, ranks) ? frequencies : undefined;
}
