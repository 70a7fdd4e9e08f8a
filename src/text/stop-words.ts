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
