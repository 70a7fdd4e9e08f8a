import { words } from 'natural/lib/natural/util/stopwords.js';

// natural also lists every letter and digit. In papers they have a meaning (C, R, vitamin D, GPT 4), so only the
// two that are English words are stop words.
const STOP_WORDS: ReadonlySet<string> = new Set([
  ...words.filter((word) => /^[a-z]{2,}$/.test(word)),
  'a',
  'i',
]);

/** Whether a folded word says nothing about a text's topic. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Longest stop word, in letters: with five bits a letter, it is a number that is exact in 64 bits. */
const LONGEST = Math.max(...Array.from(STOP_WORDS, (word) => word.length));
const SLOTS = 1024;
/** A hash table of the stop words as such numbers, with linear probing; 0 for none. */
const TABLE = new Float64Array(SLOTS);
for (const word of STOP_WORDS) {
  const number = [...word].reduce((sum, letter) => sum * 32 + (letter.charCodeAt(0) & 31), 0);
  let slot = slotOf(number);
  while (TABLE[slot] !== 0) slot = (slot + 1) % SLOTS;
  TABLE[slot] = number;
}

function slotOf(number: number): number {
  return (number % 1021) | 0;
}

/**
 * Counts the words of two letters or more of a text of ASCII, and those of them that are stop words, without making a text of
 * each.
 * @returns undefined for a text with other characters.
 */
export function countStopWords(
  text: string,
): { readonly words: number; readonly stopWords: number } | undefined {
  let words = 0;
  let stopWords = 0;
  let number = 0;
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (code > 127) return undefined;
    const letter = (code | 32) - 96;
    if (letter >= 1 && letter <= 26 && code >= 65) {
      if (length < LONGEST) number = number * 32 + letter;
      length++;
    } else if (length > 0) {
      if (length > 1) words++;
      if (length > 1 && length <= LONGEST && isInTable(number)) stopWords++;
      number = 0;
      length = 0;
    }
  }
  return { words, stopWords };
}

function isInTable(number: number): boolean {
  let slot = slotOf(number);
  for (; TABLE[slot] !== 0; slot = (slot + 1) % SLOTS) if (TABLE[slot] === number) return true;
  return false;
}
