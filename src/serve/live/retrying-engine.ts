import { setTimeout } from 'node:timers/promises';
import { type AcquireOptions, type Engine, type Snapshot, withSnapshot } from '../../search/engine.ts';

/** An engine that looks for another snapshot on request. */
interface RefreshedEngine extends Engine {
  refresh(): Promise<void>;
}

export interface RetryingOptions {
  /** Called with the first error, and with a later one that differs. */
  readonly onError: (error: unknown) => void;
  /** Called with the number of papers when the engine opens after it has failed. */
  readonly onOpened: (papers: number) => void;
  /** Time between two attempts (milliseconds). Default 30,000. */
  readonly pauseMs?: number | undefined;
}

/**
 * An engine that may not open at once: a damaged or missing index does not keep a server with others from starting.
 * Until it opens, requests get the error of the last attempt.
 */
export class RetryingEngine implements RefreshedEngine {
  readonly #open: () => Promise<RefreshedEngine>;
  readonly #options: RetryingOptions;
  readonly #stop = new AbortController();
  #engine: RefreshedEngine | undefined;
  #error: unknown;
  #retrying: Promise<void> | undefined;

  /** Makes the first attempt. @param open makes the engine; called again until it does not throw. */
  static async open(open: () => Promise<RefreshedEngine>, options: RetryingOptions): Promise<RetryingEngine> {
    const engine = new RetryingEngine(open, options);
    await engine.#attempt();
    if (engine.#engine === undefined) engine.#retrying = engine.#retry();
    return engine;
  }

  private constructor(open: () => Promise<RefreshedEngine>, options: RetryingOptions) {
    this.#open = open;
    this.#options = options;
  }

  /** @throws the error of the last attempt while the engine is not open. */
  async acquire(options?: AcquireOptions): Promise<Snapshot> {
    if (!this.#engine) throw this.#error;
    return this.#engine.acquire(options);
  }

  /** Does nothing while the engine is not open: it warms up when it opens. */
  async warmUp(): Promise<void> {
    await this.#engine?.warmUp();
  }

  async refresh(): Promise<void> {
    await this.#engine?.refresh();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#retrying;
    await this.#engine?.close();
  }

  async #retry(): Promise<void> {
    const { pauseMs = 30_000, onOpened } = this.#options;
    const { signal } = this.#stop;
    while (!this.#engine) {
      // Aborting ends the pause.
      await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      await this.#attempt();
    }
    const { papers } = await withSnapshot(this.#engine, (snapshot) => snapshot.stats());
    onOpened(papers);
    // A model that cannot run is reported by its first query.
    this.#engine.warmUp().catch(() => {});
  }

  async #attempt(): Promise<void> {
    try {
      this.#engine = await this.#open();
    } catch (error) {
      if (String(error) !== String(this.#error)) this.#options.onError(error);
      this.#error = error;
    }
  }
}
