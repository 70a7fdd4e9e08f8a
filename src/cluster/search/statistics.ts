import type { BigramCounts, CollectionStatistics } from '../../indexes/keyword/bm25/statistics.ts';
import type { SnapshotMeta } from '../current-snapshot.ts';
import type { Known } from './lookups.ts';
import { withAnyTerm, withBigram, withBothWords, withTerm } from './term-queries.ts';

/**
 * The counts of a whole corpus that BM25 weighs terms by. Exact, whatever the number of shards. They are read again and again
 * while a query is answered, so each is kept.
 * @param known of one run of `Lookups.resolve`.
 */
export function statisticsOf(known: Known, { counts, meanLength }: SnapshotMeta): CollectionStatistics {
  const frequencies = new Map<string, number>();
  const bigrams = new Map<string, BigramCounts>();
  return {
    documents: counts.papers,
    meanLength,
    withTerm: (term) => (term === '' ? 0 : keptIn(frequencies, term, () => known.count(withTerm(term)))),
    withAny: (terms) =>
      terms.length === 0
        ? 0
        : keptIn(frequencies, `any ${terms.join(' ')}`, () => known.count(withAnyTerm(terms))),
    withBigram: (first, followedBy) => {
      const { term, distance, joined = '' } = followedBy;
      return keptIn(bigrams, `${first} ${term} ${distance} ${joined}`, () => ({
        together: known.count(withBigram(first, followedBy)),
        either: known.count(withBothWords(first, followedBy)),
      }));
    },
  };
}

function keptIn<T>(kept: Map<string, T>, key: string, make: () => T): T {
  let value = kept.get(key);
  if (value === undefined) {
    value = make();
    kept.set(key, value);
  }
  return value;
}
