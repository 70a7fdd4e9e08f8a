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
  /** Used for every snapshot; closed with the engine. Default: the bundled model in its own process. */
  readonly encoder?: Encoder | undefined;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
  /** Called when another snapshot has become the current one. */
  readonly onReplaced?: ((stats: IndexStats) => void) | undefined;
  /** Called once for a new snapshot that cannot be used, or an old one that cannot be closed. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/**
 * An engine that follows the current snapshot of an index. A new snapshot is opened beside the old one, which closes
 * when the last request has released it. A snapshot that cannot be opened is skipped.
 */
export class LiveEngine implements Engine {
  readonly #folder: string;
  readonly #encoder: Encoder;
  readonly #options: LiveEngineOptions;
  /** One per open snapshot: the current one, and old ones that are still in use. */
  readonly #open = new Set<EmbeddedEngine>();
  readonly #stopWatch: () => void;
  #current: EmbeddedEngine;
  #lastRefresh: Promise<void> = Promise.resolve();
  /** Message of the last failed refresh. */
  #lastError = '';
  #warm = false;
  #closed = false;

  /**
   * Opens the current snapshot and starts to watch for new ones.
   * @param folder the index.
   * @throws what `openIndex` throws; the encoder is then closed.
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

  /** Also makes later snapshots warm up when they become current. */
  warmUp(): Promise<void> {
    this.#warm = true;
    return this.#current.warmUp();
  }

  /**
   * Opens the current snapshot without waiting for the watcher. When it resolves, `acquire` returns that snapshot; if
   * it cannot be opened, `onError` is called and the old one stays.
   */
  refresh(): Promise<void> {
    // One at a time: two refreshes would open the same snapshot twice.
    this.#lastRefresh = this.#lastRefresh
      .then(() => this.#replace())
      .then(
        () => {
          this.#lastError = '';
        },
        (error) => {
          // The watcher and callers of `refresh` find the same snapshot.
          if (messageOf(error) !== this.#lastError) this.#options.onError?.(error);
          this.#lastError = messageOf(error);
        },
      );
    return this.#lastRefresh;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatch();
    await this.#lastRefresh;
    this.#retire(this.#current);
    // A failure to close is reported by `#retire`.
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
    // A model that cannot run was reported at the first warm-up.
    if (this.#warm) next.warmUp().catch(() => {});
  }

  #retire(engine: EmbeddedEngine): void {
    engine
      .retire()
      .catch((error) => this.#options.onError?.(error))
      .finally(() => this.#open.delete(engine));
  }
}

/** Opens an engine that does not close the encoder, which the next engine uses as well. */
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
