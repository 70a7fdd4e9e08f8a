import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { Growable } from '../../binary/growable.ts';
import { frequencyIn, HAS_FULL_FIELD, isFull, packFrequencies, totalFrequency } from './frequencies.ts';
import { POSITION_BLOCK, type Segment } from './segment.ts';

/** Positions between two fields, and between two values of a list (authors, keywords): so no phrase spans them. */
export const FIELD_GAP = 100;

const FIELDS = TEXT_FIELDS.length;

/**
 * Appends the positions of one posting: differences as variable-length integers of seven bits a byte, the low
 * ones first (Witten, Moffat and Bell, Managing Gigabytes, 1999). Before them, for every field that is full, how
 * often the term occurs there beyond what the packed frequency counts.
 * @param counts frequency in each field. @param positions ascending, of one field after another; as many.
 */
export function appendPositions(
  bytes: Growable<Uint8Array>,
  counts: ArrayLike<number>,
  positions: readonly number[],
): void {
  const packed = packFrequencies(counts);
  for (let field = 0; field < FIELDS; field++) {
    if (isFull(packed, field)) appendInteger(bytes, counts[field]! - frequencyIn(packed, field));
  }
  let before = 0;
  for (const position of positions) {
    appendInteger(bytes, position - before);
    before = position;
  }
}

function appendInteger(bytes: Growable<Uint8Array>, value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
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
  for (; left > 0 && end < positions.length; end++) if (positions[end]! < 128) left--;
  return end;
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
    let end = 0;
    for (let field = 0; field < FIELDS; field++) {
      end += frequencyIn(packed, field) + (isFull(packed, field) ? this.#integer() : 0);
      this.ends[field] = end;
    }
    // In a damaged file, a count can be huge or not a number.
    if (!(end >= 0 && end <= this.#segment.positions.length)) {
      throw new PaperSearchError('INDEX_CORRUPT', 'The keyword index has more positions than it can have.');
    }
    this.positions.length = end;
    let position = 0;
    for (let i = 0; i < end; i++) {
      position += this.#integer();
      this.positions[i] = position;
    }
  }

  /** Postings are mostly read in order: then only those between are skipped. */
  #goTo(posting: number): void {
    const isNear = Math.floor(posting / POSITION_BLOCK) === Math.floor(this.#posting / POSITION_BLOCK);
    if (isNear && this.#posting < posting) {
      for (let between = this.#posting + 1; between < posting; between++) {
        this.#at = skipPositions(this.#segment, this.#at, this.#segment.frequencies[between]!);
      }
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
