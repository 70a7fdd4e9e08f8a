import { messageOf } from '../../errors.ts';
import type { Engine } from '../../search/engine.ts';
import type { Watches } from '../../watch/watches.ts';

export interface WatchRunnerOptions {
  readonly watches: Watches;
  readonly engine: Engine;
  /** Called with what was delivered. */
  readonly say: (line: string) => void;
  /** Called with the reason when a watch could not be run, or a report not be delivered. */
  readonly onError: (reason: string) => void;
  /** Pause before undelivered reports are sent again (milliseconds). Default: 15 minutes. */
  readonly retryMs?: number | undefined;
}

const RETRY_MS = 15 * 60_000;

/**
 * Runs the watches of a served index that have a folder or a webhook. The others wait for someone who asks; what is new for
 * them is in their feeds.
 */
export class WatchRunner {
  readonly #options: WatchRunnerOptions;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #again = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: WatchRunnerOptions) {
    this.#options = options;
  }

  /** Runs all watches now, or once more after the run that is under way, which may have begun on older papers. */
  trigger(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#retry);
    this.#running = this.#runAll().finally(() => {
      this.#running = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.trigger();
    });
  }

  /** Stops; a report that is being sent is sent again by the next run. */
  async close(): Promise<void> {
    this.#stop.abort(new Error('The server is stopping.'));
    clearTimeout(this.#retry);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    const { watches, engine, say, onError, retryMs = RETRY_MS } = this.#options;
    const { signal } = this.#stop;
    let hasFailed = false;
    const fail = (reason: string) => {
      if (signal.aborted) return;
      hasFailed = true;
      onError(reason);
    };
    const all = await watches.list().catch((error: unknown) => {
      fail(messageOf(error));
      return [];
    });
    for (const { name, definition } of all) {
      const { folder, post } = definition.delivery;
      if (signal.aborted || (folder === undefined && !post)) continue;
      try {
        const { delivered, failed, notices } = await watches.run(name, engine, { signal });
        for (const { place, papers } of delivered) say(`Watch ${name}: ${papers} papers to ${place}`);
        for (const notice of notices) say(`Watch ${name}: ${notice}`);
        for (const { error } of failed) fail(`Watch ${name}: ${error.message}`);
      } catch (error) {
        fail(`Watch ${name}: ${messageOf(error)}`);
      }
    }
    if (!hasFailed || signal.aborted) return;
    this.#retry = setTimeout(() => this.trigger(), retryMs);
    this.#retry.unref();
  }
}
