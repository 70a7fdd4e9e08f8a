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

/** Where integers are read, and where they are written. */
interface Places {
  from: number;
  to: number;
}

/**
 * Packs the positions of a segment for its file.
 * @param every how many postings a mark is for. @returns the bytes, and where those of posting 0, `every`, 2 · `every` and so on begin.
 */
export function packPositions(
  { frequencies, positions }: Pick<Segment, 'frequencies' | 'positions'>,
  every: number,
): { readonly codes: Uint8Array; readonly marks: Uint32Array } {
  const marks = new Uint32Array(Math.ceil(frequencies.length / every));
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
    if (posting % every === 0) marks[posting / every] = codes.length;
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
  return { codes: codes.take(), marks };
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
