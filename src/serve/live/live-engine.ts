import type { Encoder } from '../../encode/encoder.ts';
import { encoderOfIndex } from '../../encode/encoder-of-index.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { messageOf } from '../../errors.ts';
import { currentSnapshot } from '../../indexes/store/snapshot-reader.ts';
import { watchCurrent } from '../../indexes/store/watch-current.ts';
import type { IndexStats } from '../../search/api.ts';
import type { EmbeddedEngine } from '../../search/embedded-engine.ts';
import { type AcquireOptions, type Engine, type Snapshot, withSnapshot } from '../../search/engine.ts';
import { openIndex } from '../../search/open-index.ts';
import { addedRerankers } from '../../search/rerank/added-rerankers.ts';
import type { Rerankers } from '../../search/rerank/rerankers.ts';
import { Encoders } from './encoders.ts';

export interface LiveEngineOptions {
  /** Used for every snapshot; closed with the engine. Default: see `encoderOf`. */
  readonly encoder?: Encoder | undefined;
  /** Makes the encoder of a model, one for all its snapshots. Default: the model in its own process. */
  readonly encoderOf?: ((model: ModelInfo) => Promise<Encoder>) | undefined;
  /** Used for every snapshot; closed with the engine. Default: the added cross-encoders. */
  readonly rerankers?: Rerankers | undefined;
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
  readonly #encoders: Encoders;
  readonly #options: OpenOptions;
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
  static async open(folder: string, given: LiveEngineOptions = {}): Promise<LiveEngine> {
    const options = { ...given, rerankers: given.rerankers ?? addedRerankers() };
    const { encoder, encoderOf = encoderOfIndex } = options;
    const encoders = new Encoders(encoder ? async () => shared(encoder) : encoderOf);
    try {
      return new LiveEngine(folder, encoders, options, await openWith(folder, encoders, options));
    } catch (error) {
      await encoder?.close();
      await options.rerankers.close();
      throw error;
    }
  }

  private constructor(folder: string, encoders: Encoders, options: OpenOptions, first: EmbeddedEngine) {
    this.#folder = folder;
    this.#encoders = encoders;
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
    await this.#options.encoder?.close();
    await this.#options.rerankers.close();
  }

  async #replace(): Promise<void> {
    if (this.#closed || (await currentSnapshot(this.#folder)) === this.#current.snapshot) return;
    const next = await openWith(this.#folder, this.#encoders, this.#options);
    const old = this.#current;
    // The old one answers meanwhile. What cannot be read, or a model that cannot run, is reported by the first query.
    await next.prepare().catch(() => {});
    if (this.#warm && next.model.digest !== old.model.digest) await next.warmUp().catch(() => {});
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

type OpenOptions = LiveEngineOptions & { readonly rerankers: Rerankers };

/** Opens an engine that does not close the rerankers, which the next engine uses as well. */
function openWith(
  folder: string,
  encoders: Encoders,
  { onCacheLookup, rerankers }: OpenOptions,
): Promise<EmbeddedEngine> {
  return openIndex(folder, {
    onCacheLookup,
    encoderOf: (model) => encoders.of(model),
    rerankers: {
      find: (name) => rerankers.find(name),
      names: () => rerankers.names(),
      close: async () => {},
    },
  });
}

/** An encoder that stays open when a snapshot closes it. */
function shared(encoder: Encoder): Encoder {
  return {
    model: encoder.model,
    encode: (texts, options) => encoder.encode(texts, options),
    close: async () => {},
  };
}
