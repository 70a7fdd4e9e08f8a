import { LRUCache } from 'lru-cache';
import { elapsedMs } from '../util/elapsed-ms.ts';
import type { SearchRequest, SearchResponse } from './api.ts';

/** Hits that are kept, with their papers: some ten megabytes, and the questions. */
const MAX_HITS = 5000;

/** Answers of one snapshot to what was asked before; they never change. */
export class AnswerCache {
  readonly #responses = new LRUCache<string, SearchResponse>({
    maxSize: MAX_HITS,
    sizeCalculation: ({ hits }) => hits.length + 1,
  });
  readonly #onLookup: (found: boolean) => void;

  /** @param onLookup called at every search with whether its answer was known. */
  constructor(onLookup: (found: boolean) => void = () => {}) {
    this.#onLookup = onLookup;
  }

  /** The answer to a request, from an earlier one where there is one. An answer that fails is not kept. */
  async answer(
    request: SearchRequest,
    search: (request: SearchRequest) => Promise<SearchResponse>,
  ): Promise<SearchResponse> {
    const started = performance.now();
    const key = keyOf(request);
    const known = this.#responses.get(key);
    this.#onLookup(known !== undefined);
    // A list of its own: what one caller does with it does not concern others.
    if (known) return { ...known, hits: [...known.hits], tookMs: elapsedMs(started) };
    const response = await search(request);
    this.#responses.set(key, response);
    return response;
  }

  clear(): void {
    this.#responses.clear();
  }
}

/** Equal for requests that are equal, whatever the order of their fields. */
function keyOf(request: SearchRequest): string {
  const fields = Object.entries(request).filter(([, value]) => value !== undefined);
  // Numbers as text, since JSON has no NaN: it must not be taken for a limit left out.
  return JSON.stringify(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) => (typeof value === 'number' ? String(value) : value),
  );
}
