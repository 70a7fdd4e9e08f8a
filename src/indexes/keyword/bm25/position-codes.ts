import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { Growable } from '../../binary/growable.ts';
import { fieldBits, HAS_FULL_FIELD, isFull, OCCURRENCES, totalFrequency } from './frequencies.ts';
import { FIELD_GAP } from './positions.ts';
import { POSITION_BLOCK, type Segment } from './segment.ts';

/*
 * Positions as a file has them: the integers of `positions.ts` in two thirds of the bytes. An integer below DIRECT takes one byte, others
 * below a few thousand two, the rest five. The first position of a posting without the first field (the title) is stored less
 * FIELD_GAP, which it cannot be below: so nearly every place in an abstract takes one byte. In memory, where single postings are
 * looked up, integers end with a byte below 128, so that many are skipped at once.
 */

const DIRECT = 240;
const LONG = 255;
const TWO_BYTES = DIRECT + (LONG - DIRECT) * 256;

const FIRST_FIELD = fieldBits([TEXT_FIELDS[0]]);
const FIELDS = TEXT_FIELDS.length;

type PositionArrays = Pick<Segment, 'frequencies' | 'positions'>;

/** The positions of postings as a file has them. */
export interface CodedPositions {
  readonly frequencies: Uint16Array;
  readonly codes: Uint8Array;
}

/** Where integers are read, and where they are written. */
interface Places {
  from: number;
  to: number;
}

/** Packs the positions of a segment as its file has them. */
export function packPositions({ frequencies, positions }: PositionArrays): Uint8Array {
  const codes = new Growable(Uint8Array, positions.length);
  let at = 0;
  const next = () => {
    let byte = positions[at++]!;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = positions[at++]!;
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  };
  for (let posting = 0; posting < frequencies.length; posting++) {
    const packed = frequencies[posting]!;
    let left = OCCURRENCES[packed]!;
    if (left === 0) {
      left = totalFrequency(packed);
      for (let field = 0; field < FIELDS; field++) {
        if (!isFull(packed, field)) continue;
        const further = next();
        appendCode(codes, further);
        left += further;
      }
    }
    if (left > 0) appendCode(codes, (next() - gapBefore(packed)) >>> 0);
    for (; left > 1; left--) appendCode(codes, next());
  }
  return codes.take();
}

/** What the first position of a posting is at least, in texts as they are indexed. */
function gapBefore(packed: number): number {
  return (packed & FIRST_FIELD) === 0 ? FIELD_GAP : 0;
}

function appendCode(codes: Growable<Uint8Array>, value: number): void {
  if (value < DIRECT) codes.push(value);
  else if (value < TWO_BYTES) {
    codes.push(DIRECT + ((value - DIRECT) >>> 8));
    codes.push((value - DIRECT) & 255);
  } else {
    codes.push(LONG);
    for (let shift = 0; shift < 32; shift += 8) codes.push((value >>> shift) & 255);
  }
}

/**
 * Unpacks the positions of postings in a row, and notes where those of every POSITION_BLOCK-th begin.
 * @param codes their bytes, and no others. @param postings the first, a multiple of POSITION_BLOCK, and the one after the last.
 * @param bytes where their positions begin in memory, and where they end. @param segment what is written, and their frequencies.
 * @returns whether bytes and positions have the lengths that they should have.
 */
export function unpackPositions(
  codes: Uint8Array,
  [first, last]: readonly [number, number],
  [start, end]: readonly [number, number],
  { frequencies, positions, positionBlocks }: Pick<Segment, 'frequencies' | 'positions' | 'positionBlocks'>,
): boolean {
  const places: Places = { from: 0, to: start };
  for (let posting = first; posting < last; posting++) {
    if (posting % POSITION_BLOCK === 0) positionBlocks[posting / POSITION_BLOCK] = places.to;
    const packed = frequencies[posting]!;
    let left = OCCURRENCES[packed]!;
    if (HAS_FULL_FIELD[packed] === 1) {
      left = totalFrequency(packed);
      for (let field = 0; field < FIELDS; field++)
        if (isFull(packed, field)) left += unpack(codes, places, positions, 1, 0);
    }
    // Of a posting that is not whole, nothing is written beyond the end.
    if (places.to + left > end) return false;
    unpack(codes, places, positions, left, gapBefore(packed));
  }
  return places.to === end && places.from === codes.length;
}

/** Unpacks some integers. @param gap what the first is more than its code. @returns the last. */
function unpack(
  codes: Uint8Array,
  places: Places,
  positions: Uint8Array,
  count: number,
  gap: number,
): number {
  let { from, to } = places;
  let value = 0;
  let more = gap;
  for (let left = count; left > 0; left--) {
    const byte = codes[from++]!;
    value = byte;
    if (byte >= DIRECT) {
      value = DIRECT + ((byte - DIRECT) << 8) + codes[from]!;
      if (byte < LONG) from++;
      else {
        value = codes[from]! | (codes[from + 1]! << 8) | (codes[from + 2]! << 16) | (codes[from + 3]! << 24);
        from += 4;
      }
    }
    value = (value + more) >>> 0;
    more = 0;
    let rest = value;
    for (; rest > 127; rest >>>= 7) positions[to++] = (rest & 127) | 128;
    positions[to++] = rest;
  }
  places.from = from;
  places.to = to;
  return value;
}

/** The positions of a segment, and where those of every POSITION_BLOCK-th posting begin. */
export function unpackAll({
  frequencies,
  codes,
}: CodedPositions): Pick<Segment, 'positions' | 'positionBlocks'> {
  const count = frequencies.length;
  const positions = new Uint8Array(codePlaces({ frequencies, codes }, count).bytes);
  const positionBlocks = new Uint32Array(Math.ceil(count / POSITION_BLOCK));
  const arrays = { frequencies, positions, positionBlocks };
  if (!unpackPositions(codes, [0, count], [0, positions.length], arrays)) throw brokenCodes();
  return arrays;
}

/** Where the codes of a posting begin. @param at where those of `from`, which is not after it, begin. */
export function skipCodes(
  { frequencies, codes }: CodedPositions,
  at: number,
  from: number,
  posting: number,
): number {
  let end = at;
  let left = 0;
  for (let between = from; between < posting; between++) {
    const packed = frequencies[between]!;
    const count = OCCURRENCES[packed]!;
    left += count;
    if (count !== 0) continue;
    end = skipIntegers(codes, end, left);
    left = totalFrequency(packed);
    for (let field = 0; field < FIELDS; field++) {
      if (!isFull(packed, field)) continue;
      left += codeAt(codes, end);
      end += codeLength(codes[end]!);
    }
  }
  return skipIntegers(codes, end, left);
}

/** Integers that are skipped one by one. */
const FEW_INTEGERS = 16;
const HIGH_BITS = 0x80808080;

/** Where the codes after `count` of them begin. */
function skipIntegers(codes: Uint8Array, at: number, count: number): number {
  let end = at;
  let left = count;
  if (count > FEW_INTEGERS) {
    // Four bytes at a time where each is an integer, which is one below 240: its four high bits are not all 1.
    for (; left >= 4 && end + 4 <= codes.length; ) {
      const word = codes[end]! | (codes[end + 1]! << 8) | (codes[end + 2]! << 16) | (codes[end + 3]! << 24);
      if ((word & (word << 1) & (word << 2) & (word << 3) & HIGH_BITS) === 0) {
        end += 4;
        left -= 4;
      } else {
        end += codeLength(codes[end]!);
        left--;
      }
    }
  }
  for (; left > 0 && end < codes.length; left--) end += codeLength(codes[end]!);
  return end;
}

function codeLength(byte: number): number {
  return byte < DIRECT ? 1 : byte < LONG ? 2 : 5;
}

/** The integer whose code begins at a place. */
function codeAt(codes: Uint8Array, at: number): number {
  const byte = codes[at]!;
  if (byte < DIRECT) return byte;
  if (byte < LONG) return DIRECT + ((byte - DIRECT) << 8) + codes[at + 1]!;
  return (codes[at + 1]! | (codes[at + 2]! << 8) | (codes[at + 3]! << 16) | (codes[at + 4]! << 24)) >>> 0;
}

/** How many bytes an integer takes in memory. */
function bytesInMemory(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 127; rest >>>= 7) bytes++;
  return bytes;
}

/**
 * Where every `every`-th posting's positions begin, as codes and in memory, and how many bytes all take in memory: found by
 * reading all codes once.
 */
export function codePlaces(
  { frequencies, codes }: CodedPositions,
  every: number,
): { readonly marks: Uint32Array; readonly starts: Uint32Array; readonly bytes: number } {
  const marks = new Uint32Array(Math.ceil(frequencies.length / every));
  const starts = new Uint32Array(marks.length);
  let at = 0;
  let bytes = 0;
  for (let posting = 0, next = 0; posting < frequencies.length; posting++) {
    if (posting === next) {
      marks[posting / every] = at;
      starts[posting / every] = bytes;
      next += every;
    }
    const packed = frequencies[posting]!;
    let left = OCCURRENCES[packed]!;
    if (left === 0) {
      left = totalFrequency(packed);
      for (let field = 0; field < FIELDS; field++) {
        if (!isFull(packed, field)) continue;
        const further = codeAt(codes, at);
        at += codeLength(codes[at]!);
        bytes += bytesInMemory(further);
        left += further;
      }
    }
    // What is damaged may say that there are billions.
    if (at + left > codes.length) throw brokenCodes();
    for (let gap = gapBefore(packed); left > 0; left--, gap = 0) {
      const byte = codes[at]!;
      // Most are of one byte, of which the first ones of a posting take two in memory.
      if (byte < DIRECT) {
        at++;
        bytes += byte + gap < 128 ? 1 : 2;
      } else {
        bytes += bytesInMemory((codeAt(codes, at) + gap) >>> 0);
        at += codeLength(byte);
      }
    }
  }
  if (at !== codes.length) throw brokenCodes();
  return { marks, starts, bytes };
}

function brokenCodes(): PaperSearchError {
  return new PaperSearchError('INDEX_CORRUPT', 'The keyword index has positions that cannot be read.');
}
