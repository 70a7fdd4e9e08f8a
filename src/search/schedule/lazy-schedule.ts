import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { readSchedule, type Schedule } from './schedule.ts';

/** The schedule of a corpus that does not change: read when it is first asked for, once for all who ask. */
export class LazySchedule {
  readonly #papers: Iterable<Pick<Paper, 'session'>>;
  readonly #closing = new AbortController();
  #reading: Promise<Schedule> | undefined;

  /** @param papers can be read until this is closed. */
  constructor(papers: Iterable<Pick<Paper, 'session'>>) {
    this.#papers = papers;
  }

  /**
   * The schedule. Reading that failed is tried again by the next call.
   * @throws PaperSearchError STOPPED when closed; what reading the papers throws.
   */
  get(): Promise<Schedule> {
    if (this.#reading) return this.#reading;
    const reading = readSchedule(this.#papers, this.#closing.signal);
    this.#reading = reading;
    reading.catch(() => {
      this.#reading = undefined;
    });
    return reading;
  }

  /** Ends reading that is under way, and waits until no more papers are read. */
  async close(): Promise<void> {
    const reading = this.#reading;
    this.#closing.abort(new PaperSearchError('STOPPED', 'The index is closed.'));
    await reading?.catch(() => {});
  }
}
