import { PaperSearchError } from '../../errors.ts';
import type { SuggestionSource } from './count-corpus.ts';
import { Suggestions } from './suggestions.ts';

/** Suggestions that are built when they are first asked for, once for all who ask. */
export class LazySuggestions {
  readonly #papers: Iterable<SuggestionSource>;
  readonly #closing = new AbortController();
  #building: Promise<Suggestions> | undefined;

  /** @param papers can be read until this is closed. */
  constructor(papers: Iterable<SuggestionSource>) {
    this.#papers = papers;
  }

  /**
   * The suggestions, built by the first call. A build that failed is tried again by the next one.
   * @throws PaperSearchError STOPPED when closed; what reading the papers throws.
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

  /** Begins to build in the background. An error is left to those who ask for the suggestions. */
  prepare(): void {
    this.get().catch(() => {});
  }

  /** Ends a build that is under way, and waits until it reads no more papers. */
  async close(): Promise<void> {
    const building = this.#building;
    this.#closing.abort(new PaperSearchError('STOPPED', 'The index is closed.'));
    await building?.catch(() => {});
  }
}
