import { lowerBound } from '../../../util/lower-bound.ts';

/** Documents in ascending order, and how often something occurs in each of their fields, packed (`frequencies.ts`). */
export interface Postings {
  readonly docs: Uint32Array;
  readonly frequencies: Uint16Array;
}

/** The posting of a document among `[start, end)`; -1 when it has none there. */
export function findPosting(docs: Uint32Array, start: number, end: number, doc: number): number {
  const posting = lowerBound(start, end, (place) => docs[place]! < doc);
  return posting < end && docs[posting] === doc ? posting : -1;
}
