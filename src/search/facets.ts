import { MAX_FACET_VALUES, MAX_FACET_YEARS } from '../limits.ts';
import type { Facet } from '../papers/fields.ts';
import { placesOf } from '../util/mask.ts';
import type { FacetCounts } from './api.ts';
import type { Corpus } from './corpus.ts';
import type { Match } from './match/match.ts';

/** The values of facets over the relevant papers of a query, the most frequent first. */
export function countFacets(
  facets: readonly Facet[],
  { mask, count }: Match,
  corpus: Pick<Corpus, 'fields'>,
): FacetCounts {
  const docs = placesOf(mask, count);
  const valuesOf = (facet: Facet) =>
    corpus.fields.count(facet, docs, facet === 'year' ? MAX_FACET_YEARS : MAX_FACET_VALUES);
  return { papers: count, values: Object.fromEntries(facets.map((facet) => [facet, valuesOf(facet)])) };
}
