/** A word, or two neighbouring ones. */
export interface Term {
  readonly first: string;
  readonly second?: string;
  /** Whether it is a term of titles. One that may be anywhere has its own column. */
  readonly inTitle?: boolean;
}

/** Before a word of titles. No folded word begins with it. */
const TITLE_MARK = '^';

function asKnown(word: string, { inTitle }: Term): string {
  return inTitle ? TITLE_MARK + word : word;
}

/** Words that a pool can have. A pair of words is one exact number: 2^26 · (first + 1) + second. */
const MAX_WORDS = 2 ** 26;

/** The terms that are columns of a pool, and the words that they consist of. */
export interface Vocabulary {
  readonly words: ReadonlyMap<string, number>;
  /** Keys of terms, ascending; column c is the term of `keys[c]`. */
  readonly keys: Float64Array;
}

/** The key of a term; undefined if one of its words is not known. */
export function keyOf(words: ReadonlyMap<string, number>, term: Term): number | undefined {
  const a = words.get(asKnown(term.first, term));
  if (a === undefined || term.second === undefined) return a;
  const b = words.get(asKnown(term.second, term));
  return b === undefined ? undefined : pairKey(a, b);
}

/** The key of a term, whose words are added if they are new. */
export function addKey(words: Map<string, number>, term: Term): number {
  const a = addWord(words, asKnown(term.first, term));
  return term.second === undefined ? a : pairKey(a, addWord(words, asKnown(term.second, term)));
}

function pairKey(a: number, b: number): number {
  return (a + 1) * MAX_WORDS + b;
}

function addWord(words: Map<string, number>, word: string): number {
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
