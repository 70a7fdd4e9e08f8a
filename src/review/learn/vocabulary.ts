/** Before a word of titles, which has a column of its own. No folded word begins with it. */
const TITLE_MARK = '^';

/** A word as one of titles. */
export function titleWord(word: string): string {
  return TITLE_MARK + word;
}

/** Words that a pool can have. A pair of words is one exact number: 2^26 · (first + 1) + second. */
export const MAX_WORDS = 2 ** 26;

/**
 * The terms that are columns of a pool, and the words that they consist of. The key of a word is its number, and that of a
 * pair is made by `pairKey`.
 */
export interface Vocabulary {
  /** The number of each word. */
  readonly words: ReadonlyMap<string, number>;
  /** Keys of terms, ascending; column c is the term of `keys[c]`. */
  readonly keys: Float64Array;
}

/** The key of two neighbouring words, by their numbers. */
export function pairKey(first: number, second: number): number {
  return (first + 1) * MAX_WORDS + second;
}

/** The number of a word, which is the next one if it is new. */
export function addWord(words: Map<string, number>, word: string): number {
  const known = words.get(word);
  if (known !== undefined) return known;
  words.set(word, words.size);
  return words.size - 1;
}

/** The column of a key; -1 for a term that is not a column. */
export function columnOf({ keys }: Vocabulary, key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return keys[low] === key ? low : -1;
}
