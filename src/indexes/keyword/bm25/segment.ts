import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../../binary/arrays.ts';
import { areBelow, isAscending } from '../../binary/numbers.ts';
import type { TermArrays } from './term-dictionary.ts';

/**
 * An inverted index in typed arrays. Terms are numbered in order; the postings of term t are
 * `[firstPosting[t], firstPosting[t + 1])`, by document; documents are papers by their position.
 */
export interface Segment extends NamedArrays, TermArrays {
  /** The terms in UTF-8, concatenated, in the order of their UTF-16 code units. */
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

/** Postings between two marks into the positions: finding one posting's decodes half as many on average. */
export const POSITION_BLOCK = 64;
export const MAX_FIELD_LENGTH = 65_535;
const KIND = 'keyword index';

/** How many documents a segment has, those without a term included. */
export function documentCount({ fieldLengths }: Segment): number {
  return fieldLengths.length / TEXT_FIELDS.length;
}

/** A segment as bytes, in parts to be written in order. */
export function serializeSegment(segment: Segment): Uint8Array[] {
  return packArrays(KIND, segment);
}

/**
 * A segment over the bytes of a file.
 * @throws PaperSearchError INDEX_CORRUPT for bytes that are not a segment, or whose parts do not match.
 */
export function parseSegment(bytes: Uint8Array): Segment {
  const segment = unpackArrays<Segment & NamedArrays>(KIND, bytes);
  if (!fits(segment)) throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} has parts that do not match.`);
  return segment;
}

/** Whether the parts match, so that no search reads beyond one of them or never ends. */
function fits(segment: Segment): boolean {
  const { termBytes, termEnds, termSlots, compoundBits, firstPosting, docs, frequencies } = segment;
  const { positions, positionBlocks, fieldLengths } = segment;
  const present = [termBytes, termEnds, termSlots, compoundBits, firstPosting, docs, frequencies].every(
    (array) => array,
  );
  if (!present || !positions || !positionBlocks || !fieldLengths) return false;
  const terms = termEnds.length;
  return (
    (termEnds.at(-1) ?? 0) === termBytes.length &&
    isAscending(termEnds, termBytes.length) &&
    firstPosting.length === terms + 1 &&
    firstPosting.at(-1) === docs.length &&
    isAscending(firstPosting, docs.length) &&
    // A lookup ends at an empty slot.
    (terms === 0 || termSlots.includes(0)) &&
    (termSlots.length & (termSlots.length - 1)) === 0 &&
    areBelow(termSlots, terms + 1) &&
    docs.length === frequencies.length &&
    fieldLengths.length % TEXT_FIELDS.length === 0 &&
    areBelow(docs, fieldLengths.length / TEXT_FIELDS.length) &&
    positionBlocks.length === Math.ceil(docs.length / POSITION_BLOCK) &&
    isAscending(positionBlocks, positions.length)
  );
}
