import type { Facet } from '../papers/facets.ts';
import type { FacetCounts } from './api.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { relevantPapers } from './relevant.ts';

/** Most values of a facet in an answer. */
const MAX_FACET_VALUES = 20;
/** There are few years, and readers want to see all of them. */
const MAX_YEARS = 300;

/** The values of facets over the relevant papers of a query, the most frequent first. */
export function countFacets(facets: readonly Facet[], query: EncodedQuery, corpus: Corpus): FacetCounts {
  const { mask, count } = relevantPapers(query, corpus);
  const valuesOf = (facet: Facet) =>
    corpus.attributes.count(facet, mask, facet === 'year' ? MAX_YEARS : MAX_FACET_VALUES);
  return { papers: count, values: Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) };
}
