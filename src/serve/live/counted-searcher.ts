import type { Paper } from '../../papers/paper.ts';
import type { Searcher } from '../../search/api.ts';

/** A searcher that counts who uses it, so that it can be replaced and closed when the last one is done. */
export class CountedSearcher {
  /** Name of its snapshot. */
  readonly snapshot: string;
  readonly #searcher: Searcher;
  readonly #onClose: (closing: Promise<void>) => void;
  #users = 0;
  #retired = false;
  #closing: Promise<void> | undefined;

  /** @param onClose told once, when the searcher begins to close. */
  constructor(searcher: Searcher, snapshot: string, onClose: (closing: Promise<void>) => void) {
    this.#searcher = searcher;
    this.snapshot = snapshot;
    this.#onClose = onClose;
  }

  /** Runs a task with the searcher, which stays open until it is done. */
  async use<T>(task: (searcher: Searcher) => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await task(this.#searcher);
    } finally {
      this.#leave();
    }
  }

  /** Every paper. The searcher stays open until the iteration ends; one that is given up has to be returned. */
  async *papers(): AsyncIterable<Paper> {
    this.#users++;
    try {
      yield* this.#searcher.papers();
    } finally {
      this.#leave();
    }
  }

  /** Nobody new will come: closes the searcher as soon as nobody uses it. */
  retire(): void {
    this.#retired = true;
    if (this.#users === 0) void this.close();
  }

  /** Closes the searcher now; whoever still uses it gets an error. */
  close(): Promise<void> {
    if (!this.#closing) {
      this.#closing = this.#searcher.close();
      this.#onClose(this.#closing);
    }
    return this.#closing;
  }

  #leave(): void {
    this.#users--;
    if (this.#retired) this.retire();
  }
}
