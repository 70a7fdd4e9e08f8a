import type { Paper } from '../papers/paper.ts';
import type { RelatedRequest } from '../search/api.ts';
import { request } from './api.ts';
import { asksForRelated, type FilterValues, relatedBody, type SearchState } from './search-state.ts';

/** Least confidence of a paper that is reported. */
export type WatchLevel = 'weak' | 'strong';

/** A report that could not be delivered; the next run tries again. */
interface FailedDelivery {
  readonly delivery: string;
  readonly to: string;
  readonly reason: string;
}

/** What the page uses of a watch. */
export interface Watch {
  readonly name: string;
  /** The question in one line. */
  readonly question: string;
  readonly minConfidence: WatchLevel;
  readonly lastRun?: { readonly at: string };
  /** Papers that were reported so far. */
  readonly reported: number;
  readonly failed: readonly FailedDelivery[];
}

/** What is new for a watch. */
export interface WatchReport {
  readonly papers: readonly (Pick<Paper, 'id' | 'title'> & {
    readonly reason: 'new' | 'status';
    /** Whether it has been removed from the index since it was found. */
    readonly isRemoved?: true;
  })[];
  readonly notices: readonly string[];
}

/** What a run found and delivered. */
export interface WatchRun {
  readonly found: number;
  /** Reports that the answer itself delivers: those of a watch without a folder and a webhook. */
  readonly reports: readonly WatchReport[];
  readonly delivered: readonly { readonly papers: number }[];
  readonly failed: readonly FailedDelivery[];
}

/** What a watch asks. */
type Question = Required<Pick<RelatedRequest, 'mode' | 'filters' | 'rejected'>> & {
  readonly query: string;
  readonly like: readonly string[];
  readonly unlike: readonly string[];
};

interface NewWatch extends Question {
  readonly name: string;
  readonly minConfidence: WatchLevel;
  /** Absent: papers that come in from now on are new. */
  readonly since?: 'all';
}

/** The requests about watches. Each throws `ApiError`. They need a token with the scope `review`. */
export const watchApi = {
  list: async (signal: AbortSignal): Promise<readonly Watch[]> =>
    (await request<{ watches: readonly Watch[] }>('/watches', { signal })).watches,
  preview: (name: string, signal: AbortSignal) => request<WatchReport>(`${pathOf(name)}/preview`, { signal }),
  add: (watch: NewWatch) => request<Watch>('/watches', withBody('POST', watch)),
  change: (name: string, change: Pick<NewWatch, 'minConfidence'>) =>
    request<Watch>(pathOf(name), withBody('PATCH', change)),
  run: (name: string) => request<WatchRun>(`${pathOf(name)}/run`, { method: 'POST' }),
  remove: (name: string) => request<{ removed: string }>(pathOf(name), { method: 'DELETE' }),
};

/** The path of a watch's feed, relative to the server. */
export function watchFeedPath(name: string): string {
  return `/v1${pathOf(name)}.atom`;
}

/** What a watch of a search asks; the order and the page do not matter. */
export function watchOf(state: SearchState): Question {
  const { filters, mode, rejected } = relatedBody(state);
  return {
    query: state.q.trim(),
    like: state.like,
    unlike: state.unlike,
    mode,
    filters,
    rejected,
  };
}

/** A search in words: "“graph kernels”, like 2 papers, venue ICLR". */
export function wordsOf(state: SearchState, labelOf: (name: keyof FilterValues) => string): string {
  const { q, like, unlike, filters } = state;
  const papers = (count: number) => (count === 1 ? '1 paper' : `${count} papers`);
  return [
    ...(q.trim() === '' ? [] : [`“${q.trim()}”`]),
    ...(like.length === 0 ? [] : [`like ${papers(like.length)}`]),
    ...(unlike.length === 0 ? [] : [`less like ${papers(unlike.length)}`]),
    ...(Object.keys(filters) as (keyof FilterValues)[]).map((name) =>
      name === 'within' ? 'in an area of the map' : `${labelOf(name)} ${filters[name]!.join(' or ')}`,
    ),
  ].join(', ');
}

const MAX_NAME = 40;

/** A name for a watch that is free: the words of the search in lower case, joined with hyphens. */
export function freeName(state: SearchState, taken: ReadonlySet<string>): string {
  const texts = asksForRelated(state) ? [state.q, 'like', state.like[0] ?? ''] : [state.q];
  const words = [...texts, ...Object.values(state.filters).flat()]
    .join(' ')
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const name = (words ?? ['watch']).join('-').slice(0, MAX_NAME).replace(/-$/, '');
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}-${n}`;
  return free;
}

function pathOf(name: string): string {
  return `/watches/${encodeURIComponent(name)}`;
}

function withBody(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
