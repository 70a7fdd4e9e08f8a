import { type NamedArrays, packArrays, unpackArrays } from '../../binary/arrays.ts';
import { PaperSearchError } from '../../errors.ts';
import { TEXT_FIELDS } from '../../types.ts';
import type { TermArrays } from './term-dictionary.ts';

/**
 * An inverted index in typed arrays. Terms are numbered in order; the postings of term t are
 * `[firstPosting[t], firstPosting[t + 1])`, by document; documents are papers by their position.
 */
export interface Segment extends NamedArrays, TermArrays {
  /** The terms in UTF-8, one after another, in the order of their UTF-16 code units. */
  readonly termBytes: Uint8Array;
  /** Where each term ends in `termBytes`. */
  readonly termEnds: Uint32Array;
  /** Hash table from a term to its number plus 1. */
  readonly termSlots: Uint32Array;
  /** A bit a term, the low ones first: whether it is ever written with a hyphen (`compounds.ts`). */
  readonly compoundBits: Uint8Array;
  /** One a term, and the number of all postings at the end. */
  readonly firstPosting: Uint32Array;
  /** Document of each posting. */
  readonly docs: Uint32Array;
  /** Term frequencies of each posting by field, packed (`frequencies.ts`). */
  readonly frequencies: Uint16Array;
  /** Positions of each posting, in order (`positions.ts`). */
  readonly positions: Uint8Array;
  /** Where the positions of every POSITION_BLOCK-th posting begin. */
  readonly positionBlocks: Uint32Array;
  /** Terms in each field of each document, the fields in the order of TEXT_FIELDS; at most 65,535. */
  readonly fieldLengths: Uint16Array;
}

export const LONGEST_FIELD = 65_535;
const KIND = 'keyword index';

/** Documents of a segment, those without a term included. */
export function documentCount({ fieldLengths }: Segment): number {
  return fieldLengths.length / TEXT_FIELDS.length;
}

/** A segment as bytes, in parts to be written one after another. */
export function serializeSegment(segment: Segment): Uint8Array[] {
  return packArrays(KIND, segment);
}

/**
 * A segment over the bytes of a file.
 * @throws PaperSearchError INDEX_CORRUPT for bytes that are none, or whose parts do not fit together.
 */
export function parseSegment(bytes: Uint8Array): Segment {
  const segment = unpackArrays<Segment & NamedArrays>(KIND, bytes);
  const { termBytes, termEnds, termSlots, firstPosting, docs, frequencies, fieldLengths } = segment;
  const fits =
    firstPosting.length === termEnds.length + 1 &&
    firstPosting.at(-1) === docs.length &&
    docs.length === frequencies.length &&
    (termEnds.at(-1) ?? 0) === termBytes.length &&
    termSlots.length >= termEnds.length &&
    fieldLengths.length % TEXT_FIELDS.length === 0;
  if (!fits) throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} has parts that do not fit together.`);
  return segment;
}
