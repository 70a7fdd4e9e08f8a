import { AsyncLocalStorage } from 'node:async_hooks';
import type { Encoder } from '../../encode/encoder.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { messageOf } from '../../errors.ts';
import { currentSnapshot } from '../../indexes/store/snapshot-reader.ts';
import { watchCurrent } from '../../indexes/store/watch-current.ts';
import type { Paper } from '../../papers/paper.ts';
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
} from '../../search/api.ts';
import { openIndex } from '../../search/open-index.ts';
import { CountedSearcher } from './counted-searcher.ts';

export interface LiveSearcherOptions {
  /** Answers for every snapshot in turn; closed with the searcher. Default: the bundled model in a process of its own. */
  readonly encoder?: Encoder | undefined;
  /** Told at every search whether its answer was kept from an earlier one. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
  /** Told when another snapshot has come into use. */
  readonly onSnapshot?: ((stats: IndexStats) => void) | undefined;
  /** Told why a new snapshot cannot be used, once, or an old one not be closed. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * A searcher over whatever snapshot of an index is the current one. A new one is opened beside the old one, which
 * goes on answering until then and is closed when its last request has ended; one that cannot be opened is passed
 * over. Every answer is from one snapshot.
 */
export class LiveSearcher implements Searcher {
  readonly #folder: string;
  readonly #encoder: Encoder;
  readonly #options: LiveSearcherOptions;
  /** Every searcher that is not closed: the current one, and old ones with requests under way. */
  readonly #open = new Set<CountedSearcher>();
  readonly #stopWatch: () => void;
  /** What a task within one snapshot is answered by, for as long as it runs. */
  readonly #within = new AsyncLocalStorage<Within>();
  #current: CountedSearcher;
  #lastRefresh: Promise<void> = Promise.resolve();
  /** Why the last refresh did not succeed. */
  #refusal = '';
  #warm = false;
  #closed = false;

  /**
   * Opens the current snapshot and begins to watch for the next one.
   * @param folder the index. @throws what `openIndex` throws; the encoder is closed then.
   */
  static async open(folder: string, options: LiveSearcherOptions = {}): Promise<LiveSearcher> {
    const encoder = options.encoder ?? createProcessEncoder();
    try {
      const searcher = await openWith(folder, encoder, options.onCacheLookup);
      return new LiveSearcher(folder, encoder, options, searcher, await searcher.stats());
    } catch (error) {
      await encoder.close();
      throw error;
    }
  }

  private constructor(
    folder: string,
    encoder: Encoder,
    options: LiveSearcherOptions,
    searcher: Searcher,
    { snapshot }: IndexStats,
  ) {
    this.#folder = folder;
    this.#encoder = encoder;
    this.#options = options;
    this.#current = this.#count(searcher, snapshot);
    this.#stopWatch = watchCurrent(folder, () => void this.refresh());
  }

  search(request: SearchRequest): Promise<SearchResponse> {
    return this.#answering.use((searcher) => searcher.search(request));
  }

  related(request: RelatedRequest): Promise<RelatedResponse> {
    return this.#answering.use((searcher) => searcher.related(request));
  }

  programme(request: ProgrammeRequest): Promise<ProgrammeResponse> {
    return this.#answering.use((searcher) => searcher.programme(request));
  }

  paper(id: string): Promise<Paper> {
    return this.#answering.use((searcher) => searcher.paper(id));
  }

  suggest(text: string, limit?: number): ReturnType<Searcher['suggest']> {
    return this.#answering.use((searcher) => searcher.suggest(text, limit));
  }

  map(): ReturnType<Searcher['map']> {
    return this.#current.use((searcher) => searcher.map());
  }

  mapHits(request: SearchRequest): ReturnType<Searcher['mapHits']> {
    return this.#current.use((searcher) => searcher.mapHits(request));
  }

  mapPaper(doc: number): ReturnType<Searcher['mapPaper']> {
    return this.#current.use((searcher) => searcher.mapPaper(doc));
  }

  /** Every paper of the snapshot that is current when the iteration begins. */
  async *papers(): AsyncIterable<Paper> {
    yield* this.#answering.papers();
  }

  onSnapshot<T>(task: (snapshot: OneSnapshot) => Promise<T>): Promise<T> {
    return this.#answering.use((searcher) => searcher.onSnapshot(task));
  }

  withinSnapshot<T>(task: (snapshot: string) => Promise<T>): Promise<T> {
    const searcher = this.#answering;
    const within: Within = { searcher };
    return searcher.use(async () => {
      try {
        return await this.#within.run(within, () => task(searcher.snapshot));
      } finally {
        // What the task leaves running in the background goes on with what is current.
        within.searcher = undefined;
      }
    });
  }

  stats(): Promise<IndexStats> {
    return this.#answering.use((searcher) => searcher.stats());
  }

  /** Also has later snapshots warmed up as they come into use. */
  warmUp(): Promise<void> {
    this.#warm = true;
    return this.#current.use((searcher) => searcher.warmUp());
  }

  /**
   * Brings the current snapshot into use without waiting for the watch. When this resolves, requests are answered
   * from it; when it cannot be opened, `onError` is told and the old one stays.
   */
  refresh(): Promise<void> {
    // One after another: two at once would open the same snapshot twice.
    this.#lastRefresh = this.#lastRefresh
      .then(() => this.#replace())
      .then(
        () => {
          this.#refusal = '';
        },
        (error) => {
          // The watch and whoever asks for a refresh find the same snapshot.
          if (messageOf(error) !== this.#refusal) this.#tell(error);
          this.#refusal = messageOf(error);
        },
      );
    return this.#lastRefresh;
  }

  /** Closes at once, as any searcher: requests under way fail. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatch();
    await this.#lastRefresh;
    // One that cannot be closed tells `onError`.
    await Promise.allSettled(Array.from(this.#open, (searcher) => searcher.close()));
    await this.#encoder.close();
  }

  get #answering(): CountedSearcher {
    return this.#within.getStore()?.searcher ?? this.#current;
  }

  async #replace(): Promise<void> {
    if (this.#closed || (await currentSnapshot(this.#folder)) === this.#current.snapshot) return;
    const searcher = await openWith(this.#folder, this.#encoder, this.#options.onCacheLookup);
    const stats = await searcher.stats();
    const old = this.#current;
    this.#current = this.#count(searcher, stats.snapshot);
    old.retire();
    this.#options.onSnapshot?.(stats);
    // A model that does not run was told of at the first warm-up.
    if (this.#warm) this.#current.use((each) => each.warmUp()).catch(() => {});
  }

  #count(searcher: Searcher, snapshot: string): CountedSearcher {
    const counted = new CountedSearcher(searcher, snapshot, (closing) => {
      this.#open.delete(counted);
      closing.catch((error) => this.#tell(error));
    });
    this.#open.add(counted);
    return counted;
  }

  #tell(error: unknown): void {
    this.#options.onError?.(error);
  }
}

/** A task that is answered by one snapshot; by whichever is current when it is over. */
interface Within {
  searcher: CountedSearcher | undefined;
}

/** A searcher that leaves the encoder open when it is closed: the next one goes on with it. */
function openWith(
  folder: string,
  encoder: Encoder,
  onCacheLookup: LiveSearcherOptions['onCacheLookup'],
): Promise<Searcher> {
  return openIndex(folder, {
    onCacheLookup,
    encoder: {
      model: encoder.model,
      encode: (texts, options) => encoder.encode(texts, options),
      close: async () => {},
    },
  });
}
