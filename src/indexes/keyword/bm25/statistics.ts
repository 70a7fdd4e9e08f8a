import type { FollowingTerm } from '../keyword-index.ts';

/**
 * Counts over a whole collection, for an index that has only some of its papers: with them, each of these papers has
 * exactly the score that the index of the whole collection gives it.
 */
export interface CollectionStatistics {
  /** All papers. */
  readonly documents: number;
  /** The mean length of the text of all papers, weighted by field (`meanLength` of scoring.ts). */
  readonly meanLength: number;
  /** How many papers have a term. */
  withTerm(term: string): number;
  /** How many papers have any of several terms. */
  withAny(terms: readonly string[]): number;
  withBigram(term: string, followedBy: FollowingTerm): BigramCounts;
}

/** In how many papers the two words of a bigram occur. */
export interface BigramCounts {
  /** Papers with the bigram, or with its words written as one. */
  readonly together: number;
  /** Papers with both words, next to each other or not, or with the two written as one. */
  readonly either: number;
}
