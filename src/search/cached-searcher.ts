import { LRUCache } from 'lru-cache';
import type {
  IndexStats,
  Page,
  RelatedResponse,
  Searcher,
  SearchRequest,
  SearchResponse,
} from './searcher.ts';

/** Hits that are kept, with their papers: some ten megabytes, and the questions. */
const MOST_HITS = 5000;

/** A searcher over one snapshot that answers again what was asked before; its answers never change. */
export class CachedSearcher implements Searcher {
  readonly #searcher: Searcher;
  readonly #responses = new LRUCache<string, SearchResponse>({
    maxSize: MOST_HITS,
    sizeCalculation: ({ hits }) => hits.length + 1,
  });

  /** @param searcher closed with this one. */
  constructor(searcher: Searcher) {
    this.#searcher = searcher;
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    const started = performance.now();
    const { query, mode, fusion, limit, offset } = request;
    // As text, since JSON has no NaN: it must not be taken for a limit left out.
    const key = JSON.stringify([query, mode, fusion, String(limit), String(offset)]);
    const known = this.#responses.get(key);
    // A list of its own: what the caller does with it is no matter of others.
    if (known)
      return {
        ...known,
        hits: [...known.hits],
        tookMs: Math.round((performance.now() - started) * 100) / 100,
      };
    const response = await this.#searcher.search(request);
    this.#responses.set(key, response);
    return response;
  }

  related(id: string, page?: Partial<Page>): Promise<RelatedResponse> {
    return this.#searcher.related(id, page);
  }

  paper(id: string): ReturnType<Searcher['paper']> {
    return this.#searcher.paper(id);
  }

  suggest(text: string, limit?: number): ReturnType<Searcher['suggest']> {
    return this.#searcher.suggest(text, limit);
  }

  papers(): ReturnType<Searcher['papers']> {
    return this.#searcher.papers();
  }

  stats(): Promise<IndexStats> {
    return this.#searcher.stats();
  }

  warmUp(): Promise<void> {
    return this.#searcher.warmUp();
  }

  close(): Promise<void> {
    this.#responses.clear();
    return this.#searcher.close();
  }
}
