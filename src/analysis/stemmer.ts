import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';

/** Distinct words are few and come back often; the bound only guards against endless junk. */
const CACHE_LIMIT = 200_000;
/** Longer runs of letters are no English words, and the stemmer's expressions take long over them. */
const LONGEST_WORD = 40;
const cache = new Map<string, string>();

/** Porter's stem (Porter 1980) of a folded English word. Words with anything but a-z stay as they are. */
export function stem(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (word.length > LONGEST_WORD) return word;
  const stemmed = /^[a-z]{3,}$/.test(word) ? porter.stem(word) : word;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(word, stemmed);
  return stemmed;
}
