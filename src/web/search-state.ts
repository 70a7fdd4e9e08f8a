import {
  FACETS,
  type Facet,
  FILTER_FIELDS,
  FILTER_NAMES,
  type FilterName,
  HAS_VALUES,
  SORT_NAMES,
} from '../papers/fields.ts';
import type { RelatedRequest, Sort } from '../search/api.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES, type RejectedChoice } from '../search/match/rejected.ts';
import { SEARCH_MODES, type SearchMode } from '../search/mode.ts';
import { readPolygon } from './map/geometry.ts';

/** Hits per page. */
export const PAGE_SIZE = 10;
/** The orders of hits; the first is the default. */
export const SORTS = ['relevance', ...SORT_NAMES] as const satisfies Sort[];

/** Chosen values by the name of the filter. A paper needs one of several values; a range or an outline is one value. */
export type FilterValues = Readonly<Partial<Record<FilterName, readonly string[]>>>;
const SINGLE: readonly FilterName[] = FILTER_FIELDS.filter(
  ({ kind }) => kind === 'number' || kind === 'outline',
).map(({ name }) => name);

/** The state of the search view. It is kept only in the URL. */
export interface SearchState {
  readonly q: string;
  readonly mode: SearchMode;
  readonly sort: Sort;
  /** 1-based. */
  readonly page: number;
  readonly filters: FilterValues;
  /** Whether rejected and withdrawn submissions are shown. */
  readonly rejected: RejectedChoice;
  /** Ids of papers to find related papers of. */
  readonly like: readonly string[];
  /** Ids of papers whose related papers rank lower. */
  readonly unlike: readonly string[];
}

export const NO_SEARCH: SearchState = {
  q: '',
  mode: 'hybrid',
  sort: 'relevance',
  page: 1,
  filters: {},
  rejected: DEFAULT_REJECTED,
  like: [],
  unlike: [],
};

/** Whether there is nothing to search for. */
export function isEmpty({ q, filters, like, unlike }: SearchState): boolean {
  return q.trim() === '' && countFilters(filters) === 0 && like.length === 0 && unlike.length === 0;
}

/** Whether this is a search for related papers instead of a query. */
export function asksForRelated({ like, unlike }: SearchState): boolean {
  return like.length > 0 || unlike.length > 0;
}

export function countFilters(filters: FilterValues): number {
  return FILTER_NAMES.reduce((sum, name) => sum + (filters[name]?.length ?? 0), 0);
}

/** The state that a URL describes. Unknown parts are ignored: a later version may have written them. */
export function readState(search: string): SearchState {
  const parameters = new URLSearchParams(search);
  const all = (name: string) => [...new Set(parameters.getAll(name).filter((value) => value !== ''))];
  const page = Number(parameters.get('page') ?? 1);
  const filters: Partial<Record<FilterName, string[]>> = {};
  for (const name of FILTER_NAMES) {
    const values = SINGLE.includes(name) ? all(name).slice(-1) : all(name);
    const allowed =
      name === 'has' ? values.filter((value) => HAS_VALUES.some((known) => known === value)) : values;
    if (allowed.length > 0) filters[name] = allowed;
  }
  return {
    q: parameters.get('q') ?? '',
    mode: SEARCH_MODES.find((mode) => mode === parameters.get('mode')) ?? NO_SEARCH.mode,
    sort: SORTS.find((sort) => sort === parameters.get('sort')) ?? NO_SEARCH.sort,
    page: Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1,
    filters,
    rejected: REJECTED_CHOICES.find((choice) => choice === parameters.get('rejected')) ?? NO_SEARCH.rejected,
    like: all('like'),
    unlike: all('unlike'),
  };
}

/** The shortest URL of a state; `readState` parses it. */
export function urlOf(state: SearchState): string {
  const parameters = new URLSearchParams();
  if (state.q !== '') parameters.set('q', state.q);
  if (state.mode !== NO_SEARCH.mode) parameters.set('mode', state.mode);
  if (state.sort !== NO_SEARCH.sort) parameters.set('sort', state.sort);
  for (const id of state.like) parameters.append('like', id);
  for (const id of state.unlike) parameters.append('unlike', id);
  appendFilters(parameters, state.filters);
  appendRejected(parameters, state);
  if (state.page > 1) parameters.set('page', String(state.page));
  const query = parameters.toString();
  return query === '' ? '/' : `/?${query}`;
}

/** The same search on the map. */
export function mapUrlOf(state: SearchState): string {
  return `/map${urlOf(state).slice(1)}`;
}

/** Where the search can be made a watch. */
export function watchUrlOf(state: SearchState): string {
  return `/watches${urlOf(state).slice(1)}`;
}

/** Where the papers of the search can be screened. */
export function reviewUrlOf(state: SearchState): string {
  return `/reviews${urlOf(state).slice(1)}`;
}

/** Appends filters to parameters, one parameter per value. */
export function appendFilters(parameters: URLSearchParams, filters: FilterValues): void {
  for (const name of FILTER_NAMES) {
    const values = filters[name] ?? [];
    if (name === 'has' && values.length > 0) parameters.set(name, values.join(','));
    else for (const value of values) parameters.append(name, value);
  }
}

/** Appends whether rejected submissions are shown, where that is not the default. */
export function appendRejected(parameters: URLSearchParams, { rejected }: SearchState): void {
  if (rejected !== NO_SEARCH.rejected) parameters.set('rejected', rejected);
}

/** The parameters of `GET /search` for a state. */
export function searchParameters(state: SearchState): URLSearchParams {
  const parameters = new URLSearchParams();
  if (state.q.trim() !== '') parameters.set('q', state.q);
  parameters.set('mode', state.mode);
  parameters.set('sort', state.sort);
  appendFilters(parameters, state.filters);
  appendRejected(parameters, state);
  parameters.set('relevantFirst', 'true');
  parameters.set('limit', String(PAGE_SIZE));
  parameters.set('offset', String((state.page - 1) * PAGE_SIZE));
  return parameters;
}

/** The facets that are used as filters. */
export function narrowedFacets({ filters }: SearchState): Facet[] {
  return FACETS.filter((facet) => (filters[facet]?.length ?? 0) > 0);
}

/** The parameters of `GET /search` that count the values of one facet as if it were not used as a filter. */
export function facetParameters(state: SearchState, facet: Facet): URLSearchParams {
  const parameters = searchParameters({ ...state, page: 1, filters: { ...state.filters, [facet]: [] } });
  parameters.set('facets', facet);
  parameters.delete('relevantFirst');
  // The filter may be the only condition; all papers can only be sorted by date or title.
  parameters.set('sort', 'date');
  parameters.set('limit', '1');
  parameters.set('highlight', 'false');
  parameters.set('fallback', 'false');
  // Values that the filter lets through are counted although they are hidden otherwise.
  if (facet === 'acceptance' || facet === 'is') parameters.set('rejected', 'show');
  return parameters;
}

/** The feed of a search, or of related papers: the latest arrivals first, regardless of the order on the page. */
export function feedUrl(state: SearchState): string {
  const { q, mode, filters, like, unlike } = state;
  const parameters = new URLSearchParams();
  if (q.trim() !== '') parameters.set('q', q);
  if (mode !== NO_SEARCH.mode) parameters.set('mode', mode);
  for (const id of like) parameters.append('like', id);
  for (const id of unlike) parameters.append('unlike', id);
  appendFilters(parameters, filters);
  appendRejected(parameters, state);
  return `/v1/${asksForRelated(state) ? 'related' : 'search'}.atom?${parameters}`;
}

/** The file of the relevant papers of a search, or of related papers, in its order. @param format as the server names it. */
export function exportUrl(state: SearchState, format: string): string {
  const parameters = searchParameters({ ...state, page: 1 });
  for (const name of ['limit', 'offset', 'relevantFirst']) parameters.delete(name);
  for (const id of state.like) parameters.append('like', id);
  for (const id of state.unlike) parameters.append('unlike', id);
  parameters.set('format', format);
  return `/v1/${asksForRelated(state) ? 'related/export' : 'export'}?${parameters}`;
}

/** The body of `POST /related` for a state. */
export function relatedBody(state: SearchState): RelatedRequest {
  const filters = FILTER_FIELDS.flatMap(({ name, kind }) => {
    const values = state.filters[name];
    if (values === undefined || values.length === 0) return [];
    const value = kind === 'number' ? values[0]! : kind === 'outline' ? readPolygon(values[0]!) : values;
    return [[name, value] as const];
  });
  return {
    positive: state.like,
    negative: state.unlike,
    ...(state.q.trim() !== '' && { text: state.q }),
    mode: state.mode,
    filters: Object.fromEntries(filters) as RelatedRequest['filters'],
    rejected: state.rejected,
    sort: state.sort,
    facets: FACETS,
    limit: PAGE_SIZE,
    offset: (state.page - 1) * PAGE_SIZE,
  };
}

/** The body of `POST /related` that counts the values of one facet as if it were not used as a filter. */
export function relatedFacetBody(state: SearchState, facet: Facet): RelatedRequest {
  const rejected = facet === 'acceptance' || facet === 'is' ? 'show' : state.rejected;
  const open = { ...state, rejected, page: 1, filters: { ...state.filters, [facet]: [] } } as const;
  return { ...relatedBody(open), facets: [facet], limit: 1 };
}

/** The same search with a filter value toggled, from the first page. */
export function toggled(state: SearchState, name: FilterName, value: string): SearchState {
  const now = state.filters[name] ?? [];
  const next = now.includes(value)
    ? now.filter((other) => other !== value)
    : SINGLE.includes(name)
      ? [value]
      : [...now, value];
  return { ...state, page: 1, filters: { ...state.filters, [name]: next } };
}

/** Searches for papers related to a paper: instead of the query, or in addition to the present seeds. */
export function moreLike(state: SearchState, id: string): SearchState {
  return {
    ...state,
    ...(!asksForRelated(state) && { q: '', sort: NO_SEARCH.sort }),
    page: 1,
    like: withId(state.like, id),
    unlike: withoutId(state.unlike, id),
  };
}

/** The same search, with papers like this one ranked lower. */
export function lessLike(state: SearchState, id: string): SearchState {
  return { ...state, page: 1, like: withoutId(state.like, id), unlike: withId(state.unlike, id) };
}

function withId(ids: readonly string[], id: string): readonly string[] {
  return [...withoutId(ids, id), id];
}

function withoutId(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((other) => other !== id);
}
