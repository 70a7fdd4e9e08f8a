import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { isStopWord } from './stop-words.ts';

/** Distinct words are few and recur; the bound only protects against endless nonsense. */
const CACHE_LIMIT = 200_000;
/** Longer runs of letters are not English words, and the stemmer's expressions are slow for them. */
const MAX_WORD_LENGTH = 40;
const stems = new Map<string, string>();
const terms = new Map<string, string>();

/** The term of a stop word. */
export const NO_TERM = '';

/** The term of a folded word: its stem, or NO_TERM for a stop word. One look-up for a word that was seen before. */
export function wordTerm(word: string): string {
  return terms.get(word) ?? remember(terms, word, isStopWord(word) ? NO_TERM : stem(word));
}

/** Porter's stem (Porter 1980) of a folded English word. Words with anything but a-z stay as they are. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (word.length > MAX_WORD_LENGTH || !/^[a-z]{3,}$/.test(word)) return word;
  return remember(stems, word, porter.stem(word));
}

function remember(cache: Map<string, string>, word: string, term: string): string {
  if (word.length > MAX_WORD_LENGTH) return term;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, term);
  return term;
}
