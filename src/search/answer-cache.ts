import { LRUCache } from 'lru-cache';
import { elapsedMs } from '../util/elapsed-ms.ts';
import type { SearchRequest, SearchResponse } from './api.ts';

/** Most hits that are cached, with their papers: some ten megabytes, and the queries. */
const MAX_HITS = 5000;

/** Cached answers of one snapshot, which never change. */
export class AnswerCache {
  readonly #responses = new LRUCache<string, SearchResponse>({
    maxSize: MAX_HITS,
    sizeCalculation: ({ hits }) => hits.length + 1,
  });
  readonly #onLookup: (found: boolean) => void;

  /** @param onLookup called at every search with whether its answer was cached. */
  constructor(onLookup: (found: boolean) => void = () => {}) {
    this.#onLookup = onLookup;
  }

  /** The answer to a request, from the cache if it is there. Failures are not cached. */
  async answer(
    request: SearchRequest,
    search: (request: SearchRequest) => Promise<SearchResponse>,
  ): Promise<SearchResponse> {
    const started = performance.now();
    const key = keyOf(request);
    const known = this.#responses.get(key);
    this.#onLookup(known !== undefined);
    // A copy: changes by one caller do not affect others.
    if (known) return { ...known, hits: [...known.hits], tookMs: elapsedMs(started) };
    const response = await search(request);
    // With more time the next answer may be better. Its order is kept for as long as someone may read more pages.
    if (!response.reranked?.outOfTime) this.#responses.set(key, response);
    return response;
  }

  clear(): void {
    this.#responses.clear();
  }
}

/** Equal for equal requests, whatever the order of their fields. */
function keyOf(request: SearchRequest): string {
  const fields = Object.entries(request).filter(([, value]) => value !== undefined);
  // Numbers as text, since JSON has no NaN: NaN must differ from a missing limit.
  return JSON.stringify(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) => (typeof value === 'number' ? String(value) : value),
  );
}
