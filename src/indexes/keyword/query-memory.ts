import type { QueryToken } from '../../text/query-analyzer.ts';

/** Distinct words are few and recur; the bound only protects against endless nonsense. */
const MAX_WORDS = 50_000;

/**
 * What an index was asked about the words of queries, for one whose answers never change: words recur in queries, and a
 * query is read once to split its words and again for its terms.
 */
export class QueryMemory {
  /** The forms of a word that the index has, by the array of all its forms (`formsIn` gives the same for the same word). */
  readonly #knownForms = new WeakMap<readonly string[], readonly string[]>();
  /** By the surface of a word, for what term of it, and what the word is split into; undefined for nothing. */
  readonly #splits = new Map<string, { readonly term: string; readonly split: string | undefined }>();
  #text: string | undefined;
  #tokens: readonly QueryToken[] = [];

  /** The tokens of a query. @param read finds them. */
  tokens(text: string, read: () => readonly QueryToken[]): readonly QueryToken[] {
    if (this.#text !== text) {
      this.#tokens = read();
      this.#text = text;
    }
    return this.#tokens;
  }

  /** The forms that the index has. @param forms all of a word, an array that does not change. @param find selects them. */
  knownForms(forms: readonly string[], find: () => readonly string[]): readonly string[] {
    let known = this.#knownForms.get(forms);
    if (!known) {
      known = find();
      this.#knownForms.set(forms, known);
    }
    return known;
  }

  /** What a word is split into. @param token one without parts. @param find splits it. */
  split({ surface, term }: QueryToken, find: () => string | undefined): string | undefined {
    const known = this.#splits.get(surface);
    if (known?.term === term) return known.split;
    const split = find();
    if (this.#splits.size >= MAX_WORDS) this.#splits.clear();
    this.#splits.set(surface, { term, split });
    return split;
  }
}
