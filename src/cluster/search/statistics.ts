import type { CollectionStatistics } from '../../indexes/keyword/bm25/statistics.ts';
import type { SnapshotMeta } from '../current-snapshot.ts';
import type { Known } from './lookups.ts';
import { withAnyTerm, withBigram, withBothWords, withTerm } from './term-queries.ts';

/** The counts of a whole corpus that BM25 weighs terms by. Exact, whatever the number of shards. */
export function statisticsOf(known: Known, { counts, meanLength }: SnapshotMeta): CollectionStatistics {
  return {
    documents: counts.papers,
    meanLength,
    withTerm: (term) => (term === '' ? 0 : known.count(withTerm(term))),
    withAny: (terms) => (terms.length === 0 ? 0 : known.count(withAnyTerm(terms))),
    withBigram: (first, followedBy) => ({
      together: known.count(withBigram(first, followedBy)),
      either: known.count(withBothWords(first, followedBy)),
    }),
  };
}
