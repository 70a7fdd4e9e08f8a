import type { Postings } from './pairs.ts';
import type { FrequencyTables } from './scoring.ts';

/** Documents of a range: their scores fit the processor's nearest cache. */
export const RANGE = 4096;

/** Where a term's postings fall among the ranges of documents, and the most it adds to a score in each. */
export interface TermRanges {
  /** Postings before each range, counted from the term's first; and of all ranges, at the end. */
  readonly offsets: Uint32Array;
  /** Largest x / (x + norm) of the postings in each range: times the term's weight, the bound of its scores. */
  readonly maxima: Float64Array;
}

/** Goes through the postings `[start, end)` of a term once. */
export function termRanges(
  { docs, frequencies }: Postings,
  { text, names }: FrequencyTables,
  norms: Float64Array,
  start: number,
  end: number,
): TermRanges {
  const count = Math.ceil(norms.length / RANGE);
  const offsets = new Uint32Array(count + 1);
  const maxima = new Float64Array(count);
  for (let i = start; i < end; i++) {
    const doc = docs[i]!;
    const range = Math.floor(doc / RANGE);
    const norm = norms[doc]!;
    const packed = frequencies[i]!;
    const x = text[packed]! + names[packed]! * norm;
    const share = x / (x + norm);
    offsets[range + 1]!++;
    if (share > maxima[range]!) maxima[range] = share;
  }
  for (let range = 0; range < count; range++) offsets[range + 1]! += offsets[range]!;
  return { offsets, maxima };
}
