import { useEffect, useState } from 'preact/hooks';
import { FACETS } from '../papers/fields.ts';
import type { RelatedResponse, SearchResponse } from '../search/searcher.ts';
import { api } from './api.ts';
import { asksForKin, isEmpty, relatedBody, type SearchState, searchParameters } from './search-state.ts';
import { isRemembered, type RequestState, useRequest } from './use-request.ts';

export type Answer = SearchResponse | RelatedResponse;

/** A query that is still the same after so many milliseconds is worth a second look. */
const SETTLED_MS = 400;

/**
 * The answer to a search. The first one comes at once; a second look (spelling, sentences), which can take seconds,
 * is asked for when the query has settled, and takes the place of a first answer that is not strong. A strong one
 * stays, and can only get a spelling that is proposed beside it.
 */
export function useAnswer(state: SearchState): RequestState<Answer> {
  const kin = asksForKin(state);
  const body = relatedBody(state);
  const quick = searchParameters(state);
  quick.set('facets', FACETS.join(','));
  quick.set('secondLook', 'false');
  const key = kin ? `related ${JSON.stringify(body)}` : `search ${quick}`;
  const first = useRequest<Answer>(isEmpty(state) ? undefined : key, (signal) =>
    kin ? api.related(body, signal) : api.search(quick, signal),
  );
  const verdict = first.data && 'verdict' in first.data ? first.data.verdict.level : undefined;
  const answered = !kin && verdict && !first.loading && !first.error;
  const strong = verdict === 'strong';
  const closer = closerParameters(state, strong);
  const settled = useSettled(answered ? `search ${closer}` : undefined);
  const second = useRequest(settled, (signal) => api.search(closer, signal));
  if (!settled || !second.data || second.loading || second.error) return first;
  return strong ? { ...first, data: { ...first.data!, didYouMean: second.data.didYouMean } } : second;
}

/** What the second request asks for: no more papers than are needed. */
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
