import { type FrequencyTables, termScore } from './scoring.ts';

/** What every posting is scored with. */
export interface ScoringData {
  readonly tables: FrequencyTables;
  /** k1 · B of every document. */
  readonly norms: Float64Array;
}

/** A query term that has postings. */
export interface ScoringTerm {
  /** weight · idf · (k1 + 1): the upper bound of what it adds to a score, its maxScore. */
  readonly weight: number;
  /** Its postings are `[start, end)` of these: document, and frequencies as `frequencies.ts` packs them. */
  readonly docs: Uint32Array;
  readonly frequencies: Uint16Array;
  readonly start: number;
  readonly end: number;
  /** Identifies the postings within an index. */
  readonly key: unknown;
}

/** What the term adds to the score of a posting's document. */
export function contribution(
  { tables, norms }: ScoringData,
  { docs, frequencies, weight }: ScoringTerm,
  posting: number,
): number {
  const packed = frequencies[posting]!;
  return termScore(weight, tables.text[packed]!, tables.names[packed]!, norms[docs[posting]!]!);
}

/** Adds the scores of all terms, one after another, to `scores`, one a document. */
export function scoreAll(
  { tables, norms }: ScoringData,
  terms: readonly ScoringTerm[],
  scores: Float64Array,
): void {
  const { text, names } = tables;
  for (const { weight, docs, frequencies, start, end } of terms) {
    for (let i = start; i < end; i++) {
      const doc = docs[i]!;
      const packed = frequencies[i]!;
      scores[doc]! += termScore(weight, text[packed]!, names[packed]!, norms[doc]!);
    }
  }
}
