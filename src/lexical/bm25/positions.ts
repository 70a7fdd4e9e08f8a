import type { Growable } from '../../binary/growable.ts';
import { totalFrequency } from './frequencies.ts';
import type { Segment } from './segment.ts';

/** Postings between two marks into the positions: finding one posting's decodes half as many on average. */
export const POSITION_BLOCK = 64;
/** Words between the last position of a field and the first of the next: no phrase reaches across. */
export const FIELD_GAP = 100;

/**
 * Appends the positions of one posting: differences as variable-length integers of seven bits a byte, the low
 * ones first (Witten, Moffat and Bell, Managing Gigabytes, 1999).
 * @param positions ascending; as many as the posting's frequency says.
 */
export function appendPositions(bytes: Growable<Uint8Array>, positions: readonly number[]): void {
  let before = 0;
  for (const position of positions) {
    let difference = position - before;
    while (difference > 127) {
      bytes.push((difference & 127) | 128);
      difference >>>= 7;
    }
    bytes.push(difference);
    before = position;
  }
}

/** Where the positions of a posting begin in the segment's bytes. @param posting its number in the segment. */
export function positionsStart(segment: Segment, posting: number): number {
  const { frequencies, positionBlocks } = segment;
  let at = positionBlocks[Math.floor(posting / POSITION_BLOCK)]!;
  for (let before = posting - (posting % POSITION_BLOCK); before < posting; before++) {
    at = skipPositions(segment, at, frequencies[before]!);
  }
  return at;
}

/** Where the positions after one posting's begin. @param packed its frequencies. */
export function skipPositions({ positions }: Segment, at: number, packed: number): number {
  let end = at;
  for (let left = totalFrequency(packed); left > 0; end++) if (positions[end]! < 128) left--;
  return end;
}

/**
 * Positions of a term in a document, ascending: words counted through the fields in the order of TEXT_FIELDS,
 * with FIELD_GAP between two fields.
 * @param posting its number in the segment.
 */
export function positionsOf(segment: Segment, posting: number): number[] {
  const { positions, frequencies } = segment;
  const found: number[] = [];
  let at = positionsStart(segment, posting);
  let position = 0;
  for (let left = totalFrequency(frequencies[posting]!); left > 0; left--) {
    let shift = 0;
    let byte: number;
    do {
      byte = positions[at++]!;
      position += (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    found.push(position);
  }
  return found;
}
