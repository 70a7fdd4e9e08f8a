const LETTERS = 26;
/** Letters that are looked up in a table, the first ones of a word. */
const TABLED = 2;
const BEGINS_LIKE_A_WORD = /^[a-z]{2}./s;
/** A term of letters alone: a stem, which is its word up to the last letter of the stem. */
const STEM = /^[a-z]{4,}$/;

/** Skips most English words that cannot have a wanted term, without looking them up. */
export class WordSieve {
  /** One byte a pair of letters that a wanted term may come from. */
  readonly #pairs = new Uint8Array(LETTERS * LETTERS);
  /** One byte a letter. */
  readonly #letters = new Uint8Array(LETTERS);
  /** With what words begin that pass, by their first two letters. Without an entry, every word with them passes. */
  readonly #beginnings = new Map<number, readonly string[]>();

  constructor(wanted: ReadonlySet<string>) {
    const anyWord = new Set<number>();
    for (const term of wanted) {
      if (!/^[a-z]/.test(term)) continue;
      const first = letterOf(term.charCodeAt(0));
      this.#letters[first] = 1;
      // A stem of three letters or more begins with the two letters of its word; of "ties" only one is left in "ti".
      if (!BEGINS_LIKE_A_WORD.test(term)) {
        for (let pair = first * LETTERS; pair < (first + 1) * LETTERS; pair++) {
          this.#pairs[pair] = 1;
          anyWord.add(pair);
        }
        continue;
      }
      const pair = first * LETTERS + letterOf(term.charCodeAt(1));
      this.#pairs[pair] = 1;
      if (!STEM.test(term)) anyWord.add(pair);
      // Porter's rules replace at most the last letter of what they leave: "studi" of "study", "file" of "filing".
      else this.#beginnings.set(pair, [...(this.#beginnings.get(pair) ?? []), term.slice(0, -1)]);
    }
    for (const pair of anyWord) this.#beginnings.delete(pair);
  }

  /** Whether a word may have a wanted term. @param start of a word of ASCII letters, which ends before `end`. */
  lets(text: string, start: number, end: number): boolean {
    const first = letterOf(text.charCodeAt(start));
    if (end - start === 1) return this.#letters[first] === 1;
    const pair = first * LETTERS + letterOf(text.charCodeAt(start + 1));
    if (this.#pairs[pair] === 0) return false;
    const beginnings = this.#beginnings.get(pair);
    return beginnings === undefined || beginnings.some((beginning) => begins(text, start, end, beginning));
  }
}

/** Whether a word begins with these lower-case letters, the first two of which it has. */
function begins(text: string, start: number, end: number, beginning: string): boolean {
  if (end - start < beginning.length) return false;
  for (let at = TABLED; at < beginning.length; at++)
    if ((text.charCodeAt(start + at) | 32) !== beginning.charCodeAt(at)) return false;
  return true;
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
