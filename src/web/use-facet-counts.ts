import { useRef } from 'preact/hooks';
import type { FacetCounts } from '../search/api.ts';
import { api } from './api.ts';
import { asksForKin, facetParameters, narrowedFacets, type SearchState } from './search-state.ts';
import type { Answer } from './use-answer.ts';
import { useRequest } from './use-request.ts';

/**
 * How many papers each value of a facet would give. The values of a facet that is narrowed already are counted as if
 * it were not: a second venue is chosen beside the first, another year in place of one. Where those
 * counts cannot be had, the answer's own.
 * @param state what the answer answers.
 */
export function useFacetCounts(state: SearchState, answer: Answer | undefined): FacetCounts | undefined {
  const counts = answer && 'facets' in answer ? answer.facets : undefined;
  const corrected = answer && 'secondLook' in answer && answer.secondLook?.kind === 'spelling';
  const asked = corrected ? { ...state, q: answer.secondLook.query } : state;
  const narrowed = counts && !asksForKin(state) ? narrowedFacets(state) : [];
  const requests = narrowed.map((facet) => facetParameters(asked, facet));
  const open = useRequest(narrowed.length > 0 ? `facets ${requests.join(' ')}` : undefined, (signal) =>
    Promise.all(requests.map((parameters) => api.search(parameters, signal))),
  );
  const shown = useRef(counts);
  // Until they are there, what was shown stays: values do not vanish and come back.
  if (!open.loading || !shown.current) {
    const values = open.error ? [] : (open.data ?? []).map(({ facets }) => facets?.values);
    shown.current = counts && { ...counts, values: Object.assign({}, counts.values, ...values) };
  }
  return shown.current;
}
