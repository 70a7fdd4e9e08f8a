import { LRUCache } from 'lru-cache';
import { compareTexts } from '../util/compare-texts.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import type {
  IndexStats,
  OneSnapshot,
  ProgrammeRequest,
  ProgrammeResponse,
  RelatedRequest,
  RelatedResponse,
  Searcher,
  SearchRequest,
  SearchResponse,
} from './searcher.ts';

/** Hits that are kept, with their papers: some ten megabytes, and the questions. */
const MAX_HITS = 5000;

/** A searcher over one snapshot that answers again what was asked before; its answers never change. */
export class CachedSearcher implements Searcher {
  readonly #searcher: Searcher;
  readonly #responses = new LRUCache<string, SearchResponse>({
    maxSize: MAX_HITS,
    sizeCalculation: ({ hits }) => hits.length + 1,
  });

  readonly #onLookup: (found: boolean) => void;

  /** @param searcher closed with this one. @param onLookup told at every search whether its answer was known. */
  constructor(searcher: Searcher, onLookup: (found: boolean) => void = () => {}) {
    this.#searcher = searcher;
    this.#onLookup = onLookup;
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    const started = performance.now();
    const key = keyOf(request);
    const known = this.#responses.get(key);
    this.#onLookup(known !== undefined);
    // A list of its own: what the caller does with it is no matter of others.
    if (known)
      return {
        ...known,
        hits: [...known.hits],
        tookMs: elapsedMs(started),
      };
    const response = await this.#searcher.search(request);
    this.#responses.set(key, response);
    return response;
  }

  related(request: RelatedRequest): Promise<RelatedResponse> {
    return this.#searcher.related(request);
  }

  programme(request: ProgrammeRequest): Promise<ProgrammeResponse> {
    return this.#searcher.programme(request);
  }

  paper(id: string): ReturnType<Searcher['paper']> {
    return this.#searcher.paper(id);
  }

  suggest(text: string, limit?: number): ReturnType<Searcher['suggest']> {
    return this.#searcher.suggest(text, limit);
  }

  map(): ReturnType<Searcher['map']> {
    return this.#searcher.map();
  }

  mapHits(request: SearchRequest): ReturnType<Searcher['mapHits']> {
    return this.#searcher.mapHits(request);
  }

  mapPaper(doc: number): ReturnType<Searcher['mapPaper']> {
    return this.#searcher.mapPaper(doc);
  }

  papers(): ReturnType<Searcher['papers']> {
    return this.#searcher.papers();
  }

  /** Not cached: a table beside the index has answers that no request tells apart. */
  onSnapshot<T>(task: (snapshot: OneSnapshot) => Promise<T>): Promise<T> {
    return this.#searcher.onSnapshot(task);
  }

  withinSnapshot<T>(task: (snapshot: string) => Promise<T>): Promise<T> {
    return this.#searcher.withinSnapshot(task);
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

/** Equal for requests that are equal, whatever the order of their fields. */
function keyOf(request: SearchRequest): string {
  const fields = Object.entries(request).filter(([, value]) => value !== undefined);
  // Numbers as text, since JSON has no NaN: it must not be taken for a limit left out.
  return JSON.stringify(
    fields.sort(([a], [b]) => compareTexts(a, b)),
    (_, value) => (typeof value === 'number' ? String(value) : value),
  );
}
