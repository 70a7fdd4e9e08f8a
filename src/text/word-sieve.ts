const LETTERS = 26;
const BEGINS_LIKE_A_WORD = /^[a-z]{2}./s;

/** Skips most English words that cannot have a wanted term, without looking them up. */
export class WordSieve {
  /** One byte a pair of letters that a wanted term may come from. */
  readonly #pairs = new Uint8Array(LETTERS * LETTERS);
  /** One byte a letter. */
  readonly #letters = new Uint8Array(LETTERS);

  constructor(wanted: ReadonlySet<string>) {
    for (const term of wanted) {
      if (!/^[a-z]/.test(term)) continue;
      const first = letterOf(term.charCodeAt(0));
      this.#letters[first] = 1;
      // A stem of three letters or more begins with the two letters of its word; of "ties" only one is left in "ti".
      if (BEGINS_LIKE_A_WORD.test(term)) this.#pairs[first * LETTERS + letterOf(term.charCodeAt(1))] = 1;
      else this.#pairs.fill(1, first * LETTERS, (first + 1) * LETTERS);
    }
  }

  /** Whether a word may have a wanted term. @param start of a word of ASCII letters, which ends before `end`. */
  lets(text: string, start: number, end: number): boolean {
    const first = letterOf(text.charCodeAt(start));
    if (end - start === 1) return this.#letters[first] === 1;
    return this.#pairs[first * LETTERS + letterOf(text.charCodeAt(start + 1))] === 1;
  }
}

/** The place of an ASCII letter of either case, from 0. */
function letterOf(code: number): number {
  return (code | 32) - 97;
}

/** By the terms of a query, which are looked for in every text of a page. */
const sieves = new WeakMap<ReadonlySet<string>, WordSieve>();

/** The sieve of some terms, which do not change. */
export function sieveOf(wanted: ReadonlySet<string>): WordSieve {
  const known = sieves.get(wanted) ?? new WordSieve(wanted);
  sieves.set(wanted, known);
  return known;
}
