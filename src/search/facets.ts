import { MAX_FACET_VALUES, MAX_FACET_YEARS } from '../limits.ts';
import type { Facet } from '../papers/fields.ts';
import type { FacetCounts } from './api.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { relevantPapers } from './relevant.ts';

/** The values of facets over the relevant papers of a query, the most frequent first. */
export function countFacets(facets: readonly Facet[], query: EncodedQuery, corpus: Corpus): FacetCounts {
  const { mask, count } = relevantPapers(query, corpus);
  const valuesOf = (facet: Facet) =>
    corpus.fields.count(facet, mask, facet === 'year' ? MAX_FACET_YEARS : MAX_FACET_VALUES);
  return { papers: count, values: Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) };
}
