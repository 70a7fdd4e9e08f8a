import { PaperSearchError } from '../../errors.ts';
import type { Paper } from '../../papers/paper.ts';
import { readSchedule, type Schedule } from './schedule.ts';

/** The schedule of a corpus that does not change. It is read at the first call and shared by all callers. */
export class LazySchedule {
  readonly #papers: Iterable<Pick<Paper, 'session'>>;
  readonly #closing = new AbortController();
  #reading: Promise<Schedule> | undefined;

  /** @param papers readable until this is closed. */
  constructor(papers: Iterable<Pick<Paper, 'session'>>) {
    this.#papers = papers;
  }

  /**
   * The schedule. If reading failed, the next call tries again.
   * @throws PaperSearchError STOPPED when closed; errors from reading the papers.
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

  /** Stops reading, and waits until no more papers are read. */
  async close(): Promise<void> {
    const reading = this.#reading;
    this.#closing.abort(new PaperSearchError('STOPPED', 'The index is closed.'));
    await reading?.catch(() => {});
  }
}
