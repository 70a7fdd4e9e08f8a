import { useEffect, useState } from 'preact/hooks';
import { FACETS } from '../papers/fields.ts';
import type { RelatedResponse, SearchResponse } from '../search/api.ts';
import { api } from './api.ts';
import { asksForRelated, isEmpty, relatedBody, type SearchState, searchParameters } from './search-state.ts';
import { isRemembered, type RequestState, useRequest } from './use-request.ts';

export type Answer = SearchResponse | RelatedResponse;

/** Time without a change after which the fallbacks are requested, in milliseconds. */
const SETTLED_MS = 400;

/**
 * The answer to a search. The first one comes at once. The fallback (spelling, sentences), which can take seconds, is
 * asked for when the query has settled, and replaces a first answer that is not strong. A strong one stays; the
 * fallback can only add a spelling proposal to it.
 */
export function useAnswer(state: SearchState): RequestState<Answer> {
  const related = asksForRelated(state);
  const body = relatedBody(state);
  const quick = searchParameters(state);
  quick.set('facets', FACETS.join(','));
  quick.set('fallback', 'false');
  const key = related ? `related ${JSON.stringify(body)}` : `search ${quick}`;
  const first = useRequest<Answer>(isEmpty(state) ? undefined : key, (signal) =>
    related ? api.related(body, signal) : api.search(quick, signal),
  );
  const confidence = first.data?.confidence.level;
  const answered = !related && confidence && !first.loading && !first.error;
  const strong = confidence === 'strong';
  const closer = closerParameters(state, strong);
  const settled = useSettled(answered ? `search ${closer}` : undefined);
  const second = useRequest(settled, (signal) => api.search(closer, signal));
  if (!settled || !second.data || second.loading || second.error) return first;
  return strong ? { ...first, data: { ...first.data!, didYouMean: second.data.didYouMean } } : second;
}

/** Parameters of the second request: no more papers than needed. */
function closerParameters(state: SearchState, strong: boolean): URLSearchParams {
  const parameters = searchParameters(state);
  if (strong) {
    parameters.set('limit', '1');
    parameters.set('offset', '0');
    parameters.set('highlight', 'false');
  } else {
    parameters.set('facets', FACETS.join(','));
  }
  return parameters;
}

/** A key, once it has not changed for a while; at once if its answer is known. */
function useSettled(key: string | undefined): string | undefined {
  const [settled, setSettled] = useState<string>();
  useEffect(() => {
    if (key === undefined) return;
    const timer = setTimeout(setSettled, SETTLED_MS, key);
    return () => clearTimeout(timer);
  }, [key]);
  return key !== undefined && (settled === key || isRemembered(key)) ? key : undefined;
}
