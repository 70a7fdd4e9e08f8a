import { PaperSearchError } from '../../errors.ts';
import type { SuggestionSource } from './count-corpus.ts';
import { Suggestions } from './suggestions.ts';

/** Suggestions that are built at the first call and shared by all callers. */
export class LazySuggestions {
  readonly #papers: Iterable<SuggestionSource>;
  readonly #closing = new AbortController();
  #building: Promise<Suggestions> | undefined;

  /** @param papers readable until this is closed. */
  constructor(papers: Iterable<SuggestionSource>) {
    this.#papers = papers;
  }

  /**
   * The suggestions, built by the first call. If building failed, the next call tries again.
   * @throws PaperSearchError STOPPED when closed; errors from reading the papers.
   */
  get(): Promise<Suggestions> {
    if (this.#building) return this.#building;
    const building = Suggestions.build(this.#papers, { signal: this.#closing.signal });
    this.#building = building;
    building.catch(() => {
      this.#building = undefined;
    });
    return building;
  }

  /** Starts to build in the background. An error is thrown to the next caller of `get`. */
  prepare(): void {
    this.get().catch(() => {});
  }

  /** Stops building, and waits until no more papers are read. */
  async close(): Promise<void> {
    const building = this.#building;
    this.#closing.abort(new PaperSearchError('STOPPED', 'The index is closed.'));
    await building?.catch(() => {});
  }
}
