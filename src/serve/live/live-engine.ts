import type { Encoder } from '../../encode/encoder.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { messageOf } from '../../errors.ts';
import { currentSnapshot } from '../../indexes/store/snapshot-reader.ts';
import { watchCurrent } from '../../indexes/store/watch-current.ts';
import type { IndexStats } from '../../search/api.ts';
import type { EmbeddedEngine } from '../../search/embedded-engine.ts';
import { type AcquireOptions, type Engine, type Snapshot, withSnapshot } from '../../search/engine.ts';
import { openIndex } from '../../search/open-index.ts';

export interface LiveEngineOptions {
  /** Used for every snapshot in turn; closed with the engine. Default: the bundled model in a process of its own. */
  readonly encoder?: Encoder | undefined;
  /** Called at every search with whether its answer was kept from an earlier one. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
  /** Called when another snapshot has come into use. */
  readonly onReplaced?: ((stats: IndexStats) => void) | undefined;
  /** Called, once, with why a new snapshot cannot be used, or why an old one cannot be closed. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * Whatever snapshot of an index is the current one. A new one is opened beside the old one, which is closed when the
 * last request that holds it has released it; one that cannot be opened is skipped.
 */
export class LiveEngine implements Engine {
  readonly #folder: string;
  readonly #encoder: Encoder;
  readonly #options: LiveEngineOptions;
  /** One for each snapshot that is open: the current one, and old ones that are still held. */
  readonly #open = new Set<EmbeddedEngine>();
  readonly #stopWatch: () => void;
  #current: EmbeddedEngine;
  #lastRefresh: Promise<void> = Promise.resolve();
  /** Why the last refresh did not succeed. */
  #refusal = '';
  #warm = false;
  #closed = false;

  /**
   * Opens the current snapshot and begins to watch for the next one.
   * @param folder the index. @throws what `openIndex` throws; the encoder is closed then.
   */
  static async open(folder: string, options: LiveEngineOptions = {}): Promise<LiveEngine> {
    const encoder = options.encoder ?? createProcessEncoder();
    try {
      return new LiveEngine(folder, encoder, options, await openWith(folder, encoder, options));
    } catch (error) {
      await encoder.close();
      throw error;
    }
  }

  private constructor(folder: string, encoder: Encoder, options: LiveEngineOptions, first: EmbeddedEngine) {
    this.#folder = folder;
    this.#encoder = encoder;
    this.#options = options;
    this.#current = first;
    this.#open.add(first);
    this.#stopWatch = watchCurrent(folder, () => void this.refresh());
  }

  acquire(options?: AcquireOptions): Promise<Snapshot> {
    return this.#current.acquire(options);
  }

  /** Also has later snapshots warmed up as they come into use. */
  warmUp(): Promise<void> {
    this.#warm = true;
    return this.#current.warmUp();
  }

  /**
   * Brings the current snapshot into use without waiting for the watch. When this resolves, it is the one that is
   * acquired; when it cannot be opened, `onError` is called and the old one stays.
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
          if (messageOf(error) !== this.#refusal) this.#options.onError?.(error);
          this.#refusal = messageOf(error);
        },
      );
    return this.#lastRefresh;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatch();
    await this.#lastRefresh;
    this.#retire(this.#current);
    // One that cannot be closed is reported where it is retired.
    await Promise.allSettled(Array.from(this.#open, (engine) => engine.close()));
    await this.#encoder.close();
  }

  async #replace(): Promise<void> {
    if (this.#closed || (await currentSnapshot(this.#folder)) === this.#current.snapshot) return;
    const next = await openWith(this.#folder, this.#encoder, this.#options);
    const old = this.#current;
    this.#current = next;
    this.#open.add(next);
    this.#retire(old);
    this.#options.onReplaced?.(await withSnapshot(next, (snapshot) => snapshot.stats()));
    // A model that does not run was reported at the first warm-up.
    if (this.#warm) next.warmUp().catch(() => {});
  }

  #retire(engine: EmbeddedEngine): void {
    engine
      .retire()
      .catch((error) => this.#options.onError?.(error))
      .finally(() => this.#open.delete(engine));
  }
}

/** An engine that leaves the encoder open when it is closed: the next one goes on with it. */
function openWith(
  folder: string,
  encoder: Encoder,
  { onCacheLookup }: LiveEngineOptions,
): Promise<EmbeddedEngine> {
  return openIndex(folder, {
    onCacheLookup,
    encoder: {
      model: encoder.model,
      encode: (texts, options) => encoder.encode(texts, options),
      close: async () => {},
    },
  });
}
