import { PaperSearchError } from '../errors.ts';
import { setBackground } from '../util/background.ts';

/** What is read from all papers of a snapshot: at the first call, once for all callers. */
export class LazyReading<T> {
  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #closing = new AbortController();
  #reading: Promise<T> | undefined;

  /** @param read reads the papers, which are readable until this is closed. It rejects when its signal aborts. */
  constructor(read: (signal: AbortSignal) => Promise<T>) {
    this.#read = read;
  }

  /**
   * What was read. If reading failed, the next call tries again.
   * @throws PaperSearchError STOPPED when closed; errors from reading the papers.
   */
  get(): Promise<T> {
    setBackground(this.#closing.signal, false);
    return this.#start();
  }

  #start(): Promise<T> {
    if (this.#reading) return this.#reading;
    const reading = this.#read(this.#closing.signal);
    this.#reading = reading;
    reading.catch(() => {
      this.#reading = undefined;
    });
    return reading;
  }

  /** Starts to read in the background, between requests, until someone waits for it. An error is thrown to the next caller of `get`. */
  prepare(): void {
    if (!this.#reading) setBackground(this.#closing.signal, true);
    this.#start().catch(() => {});
  }

  /** Stops reading, and waits until no more papers are read. */
  async close(): Promise<void> {
    const reading = this.#reading;
    this.#closing.abort(new PaperSearchError('STOPPED', 'The index is closed.'));
    await reading?.catch(() => {});
  }
}
