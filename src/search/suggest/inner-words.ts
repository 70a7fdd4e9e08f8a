import MiniSearch, { type Options } from 'minisearch';
import { pause } from '../../util/pause.ts';

interface IndexedValue {
  readonly place: number;
  readonly key: string;
}

const OPTIONS: Options<IndexedValue> = {
  idField: 'place',
  fields: ['key'],
  // A key holds folded words between blanks.
  tokenize: (key) => key.trim().split(' '),
  processTerm: (word) => word,
};

/** Values between two pauses that let other work through: some milliseconds. */
const YIELD_EVERY = 500;

/** How a word has to stand in a value: as a whole, as the beginning of one, or with one edit at most. */
export type Match = 'whole' | 'prefix' | 'fuzzy';

/** Finds values by a word anywhere in them, with MiniSearch. */
export class InnerWords {
  readonly #index = new MiniSearch<IndexedValue>(OPTIONS);

  private constructor() {}

  /** @param keys of values, by their places. @throws the signal's reason when aborted. */
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
   * Calls `visit` with the place of every value that has a word; more than once for one with several such words.
   * An edit is one of Levenshtein's here: a letter inserted, left out or replaced.
   */
  visit(word: string, match: Match, visit: (place: number) => void): void {
    this.#index.search(word, {
      prefix: match === 'prefix',
      fuzzy: match === 'fuzzy' ? 1 : false,
      // The values are ranked by other things than MiniSearch's score, and are thousands for common words: turned
      // down here, they cost a tenth of what results would (scripts/measurements/suggest.md).
      boostDocument: (place) => {
        visit(place);
        return 0;
      },
    });
  }
}
