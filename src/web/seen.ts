import { libraryKey } from './library.ts';
import { NO_SEARCH, type SearchState, urlOf } from './search-state.ts';
import { createStore, useStore } from './store.ts';

const KEY = libraryKey('paper-search.seen');
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const isArrival = (text: string) => INSTANT.test(text) && !Number.isNaN(Date.parse(text));
const store = createStore<string | undefined>(read());

/** The newest arrival that the reader has marked as seen, as papers have it in `added`; undefined before the first visit. */
export function useSeen(): string | undefined {
  return useStore(store);
}

/** Moves the mark to an arrival. It is stored in this browser and shared by its tabs. */
export function markSeen(arrival: string): void {
  store.set(arrival);
  try {
    localStorage.setItem(KEY, arrival);
  } catch {
    // Storage is disabled or full: the mark lasts as long as the page is open.
  }
}

/** Whether a paper came in after the mark. @param added absent in old indexes; such papers are not new. */
export function isNewSince(seen: string | undefined, added: string | undefined): boolean {
  return seen !== undefined && added !== undefined && added > seen;
}

/** The list of all papers that came in after an arrival, the latest first. */
export function newsSince(arrival: string): SearchState {
  return { ...NO_SEARCH, sort: 'added', filters: { added: [`>${arrival}`] } };
}

/** The arrival whose list of new papers a search is; undefined for all other searches, and a part of such a list. */
export function arrivalOfNews(state: SearchState): string | undefined {
  const arrival = state.filters.added?.[0]?.slice(1);
  if (arrival === undefined || !isArrival(arrival)) return undefined;
  return urlOf({ ...state, page: 1 }) === urlOf(newsSince(arrival)) ? arrival : undefined;
}

globalThis.addEventListener?.('storage', ({ key }) => {
  // null: everything was cleared.
  if (key === KEY || key === null) store.set(read());
});

function read(): string | undefined {
  try {
    const kept = localStorage.getItem(KEY) ?? '';
    return isArrival(kept) ? kept : undefined;
  } catch {
    // Storage is disabled.
    return undefined;
  }
}
