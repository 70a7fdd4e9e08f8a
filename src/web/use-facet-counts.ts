import { useRef } from 'preact/hooks';
import type { FacetCounts } from '../search/api.ts';
import { api } from './api.ts';
import {
  asksForRelated,
  facetParameters,
  narrowedFacets,
  relatedFacetBody,
  type SearchState,
} from './search-state.ts';
import type { Answer } from './use-answer.ts';
import { useRequest } from './use-request.ts';

/**
 * How many papers each value of a facet has. The values of a facet that is used as a filter are counted as if it were
 * not, so that a second value can be added. If that request fails, the answer's own counts are shown.
 * @param state the search that was answered.
 */
export function useFacetCounts(state: SearchState, answer: Answer | undefined): FacetCounts | undefined {
  const counts = answer?.facets;
  const corrected = answer && 'fallback' in answer && answer.fallback?.kind === 'spelling';
  const asked = corrected ? { ...state, q: answer.fallback.query } : state;
  const related = asksForRelated(state);
  const narrowed = counts ? narrowedFacets(state) : [];
  const keys = narrowed.map((facet) =>
    related ? JSON.stringify(relatedFacetBody(state, facet)) : facetParameters(asked, facet).toString(),
  );
  const open = useRequest(narrowed.length > 0 ? `facets ${keys.join(' ')}` : undefined, (signal) =>
    Promise.all<Answer>(
      narrowed.map((facet) =>
        related
          ? api.related(relatedFacetBody(state, facet), signal)
          : api.search(facetParameters(asked, facet), signal),
      ),
    ),
  );
  const shown = useRef(counts);
  // The old counts are shown until the new ones arrive, so that values do not flicker.
  if (!open.loading || !shown.current) {
    const values = open.error ? [] : (open.data ?? []).map(({ facets }) => facets?.values);
    shown.current = counts && { ...counts, values: Object.assign({}, counts.values, ...values) };
  }
  return shown.current;
}
