import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { Growable } from '../../binary/growable.ts';
import {
  frequencyIn,
  HAS_FULL_FIELD,
  isFull,
  OCCURRENCES,
  packFrequencies,
  SINGLE,
  totalFrequency,
} from './frequencies.ts';
import { POSITION_BLOCK, type Segment } from './segment.ts';

/** Positions between two fields, and between two values of a list (authors, keywords): so no phrase spans them. */
export const FIELD_GAP = 100;

const FIELDS = TEXT_FIELDS.length;

/** What positions are read from. */
type PositionArrays = Pick<Segment, 'frequencies' | 'positions'>;

/**
 * Appends the positions of one posting: differences as variable-length integers of seven bits a byte, the low
 * ones first (Witten, Moffat and Bell, Managing Gigabytes, 1999). Before them, for every field that is full, how
 * often the term occurs there beyond what the packed frequency counts.
 * @param counts frequency in each field. @param positions ascending, of one field after another; as many.
 */
export function appendPositions(
  bytes: Growable<Uint8Array>,
  counts: ArrayLike<number>,
  positions: ArrayLike<number>,
): void {
  const packed = packFrequencies(counts);
  let total = 0;
  for (let field = 0; field < FIELDS; field++) total += counts[field]!;
  if (HAS_FULL_FIELD[packed] === 1) {
    for (let field = 0; field < FIELDS; field++) {
      if (isFull(packed, field)) appendInteger(bytes, counts[field]! - frequencyIn(packed, field));
    }
  }
  let before = 0;
  for (let i = 0; i < total; i++) {
    appendInteger(bytes, positions[i]! - before);
    before = positions[i]!;
  }
}

/** Appends the only position of a posting. @param field its place in TEXT_FIELDS. */
export function appendSingle(bytes: Growable<Uint8Array>, field: number, position: number): void {
  if (HAS_FULL_FIELD[SINGLE[field]!] === 1) bytes.push(0);
  appendInteger(bytes, position);
}

function appendInteger(bytes: Growable<Uint8Array>, value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** Where the positions of a loaded posting begin in the segment's bytes. @param posting its number in the segment. */
export function positionsStart(segment: Segment, posting: number): number {
  const block = Math.floor(posting / POSITION_BLOCK);
  // Of the first block, it is 0 in any case, and locating it again costs little.
  if (segment.positionBlocks[block] === 0) segment.locate(posting);
  return skipPostings(segment, segment.positionBlocks[block]!, block * POSITION_BLOCK, posting);
}

/** Where the positions of a posting begin. @param at where those of `from`, which is not after it, begin. */
export function skipPostings(
  { frequencies, positions }: PositionArrays,
  at: number,
  from: number,
  posting: number,
): number {
  let end = at;
  let left = 0;
  for (let between = from; between < posting; between++) {
    const packed = frequencies[between]!;
    left += OCCURRENCES[packed]!;
    if (OCCURRENCES[packed] !== 0) continue;
    end = skipPositions({ positions }, skipIntegers(positions, end, left), packed);
    left = 0;
  }
  return skipIntegers(positions, end, left);
}

/** Integers that are skipped one by one. */
const FEW_INTEGERS = 64;
/** The high bit of each of four bytes: only the last byte of an integer is without. */
const HIGH_BITS = 0x80808080;

/** Where the integers after `count` of them begin. */
function skipIntegers(bytes: Uint8Array, at: number, count: number): number {
  let end = at;
  let left = count;
  // Four bytes at a time, from a place where words begin, counting those without the high bit.
  const aligned = at + (-(bytes.byteOffset + at) & 3);
  if (count > FEW_INTEGERS && aligned < bytes.length) {
    for (; end < aligned; end++) left += (bytes[end]! >> 7) - 1;
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + end, (bytes.length - end) >> 2);
    let word = 0;
    for (; left >= 4 && word < words.length; word++)
      left -= Math.imul((~words[word]! & HIGH_BITS) >>> 7, 0x01010101) >>> 24;
    end += word * 4;
  }
  for (; left > 0 && end < bytes.length; end++) left += (bytes[end]! >> 7) - 1;
  return end;
}

/** Where the positions after one posting's begin. @param packed its frequencies. */
export function skipPositions({ positions }: Pick<Segment, 'positions'>, at: number, packed: number): number {
  let end = at;
  let left = totalFrequency(packed);
  if (HAS_FULL_FIELD[packed] === 1) {
    for (let field = 0; field < FIELDS; field++) {
      if (!isFull(packed, field)) continue;
      let shift = 0;
      for (; positions[end]! > 127; shift += 7) left += (positions[end++]! & 127) << shift;
      left += positions[end++]! << shift;
    }
  }
  return skipIntegers(positions, end, left);
}

/** The first integer at a place: the position of a term that is once in a document. */
export function firstPosition(positions: Uint8Array, at: number): number {
  let byte = positions[at]!;
  let value = byte & 127;
  for (let shift = 7, next = at + 1; byte > 127; shift += 7, next++) {
    byte = positions[next]!;
    value |= (byte & 127) << shift;
  }
  return value;
}

/** The positions of one posting at a time, field by field; its memory is used again by the next. */
export class PositionReader {
  /**
   * Positions of the term in the document, ascending: words counted through the fields in the order of
   * TEXT_FIELDS, with FIELD_GAP between two fields or values.
   */
  readonly positions: number[] = [];
  /** Where the positions of each field end in `positions`. */
  readonly ends = new Uint32Array(FIELDS);
  readonly #segment: Segment;
  /** The posting read last, and where its positions end. */
  #posting = -1;
  #at = 0;

  constructor(segment: Segment) {
    this.#segment = segment;
  }

  /** @param posting its number in the segment. */
  read(posting: number): void {
    const packed = this.#segment.frequencies[posting]!;
    this.#goTo(posting);
    const end = this.#readEnds(packed);
    const { positions } = this;
    const bytes = this.#segment.positions;
    let at = this.#at;
    let position = 0;
    for (let i = 0; i < end; i++) {
      let byte = bytes[at++]!;
      let value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++]!;
        value |= (byte & 127) << shift;
      }
      position += value;
      positions[i] = position;
    }
    if (positions.length > end) positions.length = end;
    this.#at = at;
  }

  /** Where the positions of each field end. @returns how many positions there are. */
  #readEnds(packed: number): number {
    let end = 0;
    const mayHaveMore = HAS_FULL_FIELD[packed] === 1;
    for (let field = 0; field < FIELDS; field++) {
      end += frequencyIn(packed, field);
      if (mayHaveMore && isFull(packed, field)) end += this.#integer();
      this.ends[field] = end;
    }
    // In a damaged file, a count can be huge or not a number.
    if (!(end >= 0 && end <= this.#segment.positions.length)) {
      throw new PaperSearchError('INDEX_CORRUPT', 'The keyword index has more positions than it can have.');
    }
    return end;
  }

  /** Postings are mostly read in order: then only those between are skipped. */
  #goTo(posting: number): void {
    const isNear = Math.floor(posting / POSITION_BLOCK) === Math.floor(this.#posting / POSITION_BLOCK);
    if (isNear && this.#posting < posting) {
      this.#at = skipPostings(this.#segment, this.#at, this.#posting + 1, posting);
    } else {
      this.#at = positionsStart(this.#segment, posting);
    }
    this.#posting = posting;
  }

  #integer(): number {
    const { positions } = this.#segment;
    let value = 0;
    let shift = 0;
    for (; positions[this.#at]! > 127; shift += 7) value |= (positions[this.#at++]! & 127) << shift;
    return value | (positions[this.#at++]! << shift);
  }
}

/** Where the positions of every so many postings begin: found by reading all positions once. */
export function positionStartsOf(arrays: PositionArrays, every: number): Uint32Array {
  const starts = new Uint32Array(Math.ceil(arrays.frequencies.length / every));
  writePositionStarts(arrays, { from: 0, end: arrays.frequencies.length, at: 0 }, every, starts);
  return starts;
}

/** Postings `[from, end)`, and where the positions of the first begin. */
interface PostingRange {
  readonly from: number;
  readonly end: number;
  readonly at: number;
}

/** Writes where the positions of every so many postings of a range begin. @param starts of all postings. */
export function writePositionStarts(
  arrays: PositionArrays,
  { from, end, at }: PostingRange,
  every: number,
  starts: Uint32Array,
): void {
  let next = at;
  for (let start = from; start < end; start += every) {
    starts[start / every] = next;
    next = skipPostings(arrays, next, start, Math.min(start + every, end));
  }
}
