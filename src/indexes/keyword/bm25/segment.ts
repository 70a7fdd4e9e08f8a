import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { TermArrays } from './term-dictionary.ts';

/**
 * An inverted index in typed arrays. Terms are numbered in order; the postings of term t are
 * `[firstPosting[t], firstPosting[t + 1])`, by document; documents are papers by their position. In one that was opened from
 * a file, postings are 0 until they are loaded.
 */
export interface Segment extends TermArrays {
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
  /** Positions of each posting, in order (`positions.ts`); of one that was merged, made when they are first read. */
  readonly positions: Uint8Array;
  /**
   * The positions as a file has them (`position-codes.ts`), of all postings: what is merged, without being read.
   * @throws PaperSearchError INDEX_CORRUPT when they are damaged.
   */
  readonly positionCodes: () => Uint8Array;
  /** Where the positions of every POSITION_BLOCK-th posting begin. */
  readonly positionBlocks: Uint32Array;
  /** Terms in each field of each document, the fields in the order of TEXT_FIELDS; at most 65,535. */
  readonly fieldLengths: Uint16Array;
  /**
   * Makes postings `[start, end)` readable in `docs` and `frequencies`; costs little where they are.
   * @throws PaperSearchError INDEX_CORRUPT when they are damaged.
   */
  readonly load: (start: number, end: number) => void;
  /**
   * Makes the positions of a loaded posting readable, and its entry of `positionBlocks`: of any but the first, 0 means that
   * they are not yet.
   */
  readonly locate: (posting: number) => void;
  /** Finds bigrams in its postings, where they are in a WebAssembly memory. */
  readonly kernel: BigramKernel | undefined;
}

/** Receives some documents that have a bigram, ascending, with its packed frequencies; valid during the call. @returns whether to stop. */
export type VisitBigrams = (docs: Uint32Array, frequencies: Uint16Array) => boolean;

/** Finds bigrams faster than `BigramFinder` can (`posting-memory.ts`). */
export interface BigramKernel {
  /**
   * Calls `visit` for documents in which a term follows another, some at a time, until it returns true.
   * @param first number of the first term, @param second of the other; the postings of both are loaded.
   * @param distance words from the first to the second, fewer than between two fields.
   * @returns how many documents have both terms, of those before it stopped.
   */
  bigrams(segment: Segment, first: number, second: number, distance: number, visit: VisitBigrams): number;
}

/** Postings between two marks into the positions: finding one posting's decodes half as many on average. */
export const POSITION_BLOCK = 8;
export const MAX_FIELD_LENGTH = 65_535;

/** What a segment cannot be without, except its positions; the rest is computed from it (`complete-segment.ts`). */
export type SegmentCore = Pick<
  Segment,
  'termBytes' | 'termEnds' | 'firstPosting' | 'docs' | 'frequencies' | 'fieldLengths'
>;
/** Positions as in memory, or as a file has them. */
export type KnownPositions = { readonly positions: Uint8Array } | { readonly codes: Uint8Array };

/** How many documents a segment has, those without a term included. */
export function documentCount({ fieldLengths }: Pick<Segment, 'fieldLengths'>): number {
  return fieldLengths.length / TEXT_FIELDS.length;
}
