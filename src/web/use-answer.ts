import { useEffect, useState } from 'preact/hooks';
import type { RelatedResponse, SearchResponse } from '../search/searcher.ts';
import { api } from './api.ts';
import {
  asksForKin,
  isEmpty,
  relatedBody,
  type SearchState,
  SHOWN_FACETS,
  searchParameters,
} from './search-state.ts';
import { isRemembered, type RequestState, useRequest } from './use-request.ts';

export type Answer = SearchResponse | RelatedResponse;

/** A query that is still the same after so many milliseconds is worth a second look. */
const SETTLED_MS = 400;

/**
 * The answer to a search. The first one comes at once; a second look (spelling, sentences), which can take seconds,
 * is asked for when the query has settled, and takes the place of the first when it is there.
 */
export function useAnswer(state: SearchState): RequestState<Answer> {
  const kin = asksForKin(state);
  const body = relatedBody(state);
  const parameters = searchParameters(state);
  parameters.set('facets', SHOWN_FACETS.join(','));
  const quick = new URLSearchParams(parameters);
  quick.set('secondLook', 'false');
  const key = kin ? `related ${JSON.stringify(body)}` : `search ${quick}`;
  const first = useRequest<Answer>(isEmpty(state) ? undefined : key, (signal) =>
    kin ? api.related(body, signal) : api.search(quick, signal),
  );
  const answered = !kin && first.data && !first.loading && !first.error;
  const closer = useSettled(answered ? `search ${parameters}` : undefined);
  const second = useRequest<Answer>(closer, (signal) => api.search(parameters, signal));
  return closer && second.data && !second.loading && !second.error ? second : first;
}

/** A key when it has been the same for a while; at once if its answer is known. */
function useSettled(key: string | undefined): string | undefined {
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    if (key === undefined) return;
    const timer = setTimeout(setSettled, SETTLED_MS, key);
    return () => clearTimeout(timer);
  }, [key]);
  return key !== undefined && (settled === key || isRemembered(key)) ? key : undefined;
}
