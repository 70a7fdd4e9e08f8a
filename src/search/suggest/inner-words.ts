import MiniSearch, { type Options } from 'minisearch';
import { pause } from '../../util/pause.ts';

interface IndexedValue {
  readonly place: number;
  readonly key: string;
}

const OPTIONS: Options<IndexedValue> = {
  idField: 'place',
  fields: ['key'],
  // A key contains folded words between spaces.
  tokenize: (key) => key.trim().split(' '),
  processTerm: (word) => word,
};

/** Values between two pauses in which other work runs: about a millisecond. */
const YIELD_EVERY = 25;

/** How a word matches a value: a whole word, the beginning of a word, or a word with at most one edit. */
export type Match = 'whole' | 'prefix' | 'fuzzy';

/** Finds values by any of their words, with MiniSearch. */
export class InnerWords {
  readonly #index = new MiniSearch<IndexedValue>(OPTIONS);

  private constructor() {}

  /** @param keys of values, by their indexes. @throws the signal's reason when aborted. */
  static async build(keys: readonly string[], signal?: AbortSignal): Promise<InnerWords> {
    const made = new InnerWords();
    for (const [place, key] of keys.entries()) {
      made.#index.add({ place, key });
      if (place % YIELD_EVERY > 0) continue;
      await pause(signal);
    }
    return made;
  }

  /**
   * Calls `visit` with the index of every value that has a word; more than once if several of its words match.
   * An edit is one of Levenshtein's: a letter inserted, deleted or replaced.
   */
  visit(word: string, match: Match, visit: (place: number) => void): void {
    this.#index.search(word, {
      prefix: match === 'prefix',
      fuzzy: match === 'fuzzy' ? 1 : false,
      // MiniSearch's score is not used, and common words have thousands of values: rejecting results here takes a
      // tenth of the time of collecting them (scripts/measurements/suggest.md).
      boostDocument: (place) => {
        visit(place);
        return 0;
      },
    });
  }
}
