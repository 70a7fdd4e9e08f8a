import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { type NamedArrays, packArrays, StoredArrays, unpackArrays } from '../../binary/arrays.ts';
import { isAscending } from '../../binary/numbers.ts';
import type { PackedNumbers } from '../../binary/packed-numbers.ts';
import type { StoredBytes } from '../../binary/stored-bytes.ts';
import { checksumOf } from '../../store/checksum.ts';
import { type CompactSegment, compactSegment, expandSegment, STREAMS } from './compact-segment.ts';
import { completeSegment, pagedSegment } from './complete-segment.ts';
import type { PageStreams } from './posting-pages.ts';
import type { Segment, SegmentCore } from './segment.ts';

const KIND = 'keyword index';
const STREAM_NAMES = Object.keys(STREAMS) as (keyof typeof STREAMS)[];

/** What is read by page, and checked then (`posting-pages.ts`); the checksum of the file is of all else. */
const BY_PAGE = { codes: 'positionCodes', documents: 'documents.bits', frequencies: 'frequencies.bits' };
/** In place of the codes in earlier files. */
const POSITIONS = 'positions';
const NOT_SUMMED: ReadonlySet<string> = new Set([...Object.values(BY_PAGE), POSITIONS, 'checksum']);

/** A segment as bytes, in parts to be written in order. What is computed from the rest is left out, the rest is packed. */
export function serializeSegment(segment: Segment): Uint8Array[] {
  const { streams, sizes, frequencyRanks, byteRanks, positionCodes, compoundBits, pageTable } =
    compactSegment(segment);
  const arrays = {
    sizes,
    frequencyRanks,
    byteRanks,
    ...(positionCodes && { positionCodes }),
    compoundBits,
    ...Object.fromEntries(
      STREAM_NAMES.flatMap((name) => [
        [`${name}.codes`, streams[name].codes] as const,
        [`${name}.bits`, streams[name].bits] as const,
      ]),
    ),
    ...(pageTable && { pageTable }),
    checksum: new Uint32Array(1),
  };
  const parts = packArrays(KIND, arrays);
  // The parts are the memory of the arrays.
  arrays.checksum[0] = summed(parts[0]!, Object.entries(arrays));
  return parts;
}

/** The checksum of what is read when a file is opened. @param header what is before the arrays. */
function summed(header: Uint8Array, arrays: Iterable<readonly [string, ArrayBufferView]>): number {
  let checksum = checksumOf(header);
  for (const [name, { buffer, byteOffset, byteLength }] of arrays) {
    if (!NOT_SUMMED.has(name))
      checksum = checksumOf(new Uint8Array(buffer, byteOffset, byteLength), checksum);
  }
  return checksum;
}

/**
 * The segment of the bytes of a file, packed or in the earlier layout, which had the arrays themselves.
 * @throws PaperSearchError INDEX_CORRUPT for bytes that are not a segment, or whose parts do not match.
 */
export function parseSegment(bytes: Uint8Array): Segment {
  const arrays = unpackArrays(KIND, bytes);
  const segment = arrays.sizes ? unpacked(arrays) : earlierLayout(arrays);
  if (!segment) throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} ${MISMATCH}.`);
  return segment;
}

const MISMATCH = 'has parts that do not match';

/**
 * The segment of a file, of which the postings are read when they are used. The file must stay open.
 * @param minKernelPostings see `reservePostings`.
 * @returns undefined for a file of an earlier layout, which has to be read whole.
 * @throws PaperSearchError INDEX_CORRUPT as `parseSegment`; also what the segment throws when its postings are loaded.
 */
export function openSegment(stored: StoredBytes, minKernelPostings?: number): Segment | undefined {
  const file = new StoredArrays(KIND, stored);
  if (file.lengthOf('pageTable') === 0 || file.lengthOf('checksum') !== 1) return undefined;
  const arrays = file.names.map((name) => [name, NOT_SUMMED.has(name) ? NONE : file.readAny(name)] as const);
  if (summed(file.header, arrays) !== file.read('checksum', Uint32Array)[0])
    throw stored.broken('does not match its checksum');
  const named: NamedArrays = Object.fromEntries(arrays);
  const segment = unpacked(named, storedStreams(file, stored, named.sizes ?? NONE), minKernelPostings);
  if (!segment) throw stored.broken(MISMATCH);
  return segment;
}

const NONE = new Uint32Array(0);

/** @param sizes of the segment. */
function storedStreams(file: StoredArrays, stored: StoredBytes, sizes: ArrayLike<number>): PageStreams {
  const name = file.names.includes(BY_PAGE.codes) ? BY_PAGE.codes : POSITIONS;
  const storedBytes = file.lengthOf(name);
  return {
    documentWords: file.lengthOf(BY_PAGE.documents),
    frequencyWords: file.lengthOf(BY_PAGE.frequencies),
    documents: (from, end) => file.read(BY_PAGE.documents, Uint32Array, from, end),
    frequencies: (from, end) => file.read(BY_PAGE.frequencies, Uint32Array, from, end),
    positions: {
      arePacked: name === BY_PAGE.codes,
      storedBytes,
      bytes: name === BY_PAGE.codes ? (sizes[4] ?? 0) : storedBytes,
      read: (from, end) => file.read(name, Uint8Array, from, end),
    },
    broken: (reason) => stored.broken(reason),
  };
}

/** @param stored what is read by page. Default: the arrays have it. */
function unpacked(
  arrays: NamedArrays,
  stored?: PageStreams,
  minKernelPostings?: number,
): Segment | undefined {
  const { sizes, frequencyRanks, byteRanks, positionCodes, positions, compoundBits, pageTable } = arrays;
  const streams = {} as Record<keyof typeof STREAMS, PackedNumbers>;
  for (const name of STREAM_NAMES) {
    const codes = arrays[`${name}.codes`];
    const bits = arrays[`${name}.bits`];
    if (!(codes instanceof Uint8Array && bits instanceof Uint32Array)) return undefined;
    streams[name] = { codes, bits };
  }
  if (!(sizes instanceof Uint32Array && frequencyRanks instanceof Uint16Array)) return undefined;
  if (!(byteRanks instanceof Uint16Array && compoundBits instanceof Uint8Array)) return undefined;
  if (!stored && !(areBytes(positionCodes) && areBytes(positions))) return undefined;
  if (pageTable !== undefined && !(pageTable instanceof Uint32Array)) return undefined;
  try {
    const packed: CompactSegment = {
      sizes,
      frequencyRanks,
      byteRanks,
      // Of a file, they are read by page.
      ...(!stored && {
        positionCodes: positionCodes as Uint8Array | undefined,
        positions: positions as Uint8Array | undefined,
      }),
      compoundBits,
      pageTable,
      streams,
    };
    const expanded = expandSegment(packed, stored, minKernelPostings);
    if (!expanded) return undefined;
    const { core } = expanded;
    return expanded.pages
      ? pagedSegment(core, expanded.pages, compoundBits)
      : completeSegment(core, expanded, compoundBits);
  } catch (error) {
    // Sizes for which there is not enough memory.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function areBytes(array: NamedArrays[string] | undefined): boolean {
  return array === undefined || array instanceof Uint8Array;
}

function earlierLayout(arrays: NamedArrays): Segment | undefined {
  const core = arrays as NamedArrays & SegmentCore & { readonly positions: Uint8Array };
  return fits(core) ? completeSegment(core, core) : undefined;
}

/** Whether the parts match, so that no search reads beyond one of them or never ends. */
function fits(segment: SegmentCore & { readonly positions: Uint8Array }): boolean {
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = segment;
  const parts = [termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths];
  if (!parts.every((array) => array)) return false;
  return (
    (termEnds.at(-1) ?? 0) === termBytes.length &&
    isAscending(termEnds, termBytes.length) &&
    firstPosting.length === termEnds.length + 1 &&
    firstPosting.at(-1) === docs.length &&
    isAscending(firstPosting, docs.length) &&
    docs.length === frequencies.length &&
    fieldLengths.length % TEXT_FIELDS.length === 0 &&
    areBelow(docs, fieldLengths.length / TEXT_FIELDS.length)
  );
}

/** A plain loop: `every` takes much of the time in which an index is opened. */
function areBelow(numbers: Uint32Array, limit: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! >= limit) return false;
  return true;
}
