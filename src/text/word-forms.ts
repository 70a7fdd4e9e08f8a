import type { Language } from './languages.ts';
import type { Token } from './tokenizer.ts';

/** Distinct words are few and recur; the bound only protects against endless nonsense. */
const CACHE_LIMIT = 100_000;

/** The terms that a word has in each language of a list, in its order. */
type Forms = readonly string[];

/** What was found for plain words, by the list of languages and the word. */
const known = new WeakMap<readonly Language[], Map<string, Forms>>();

/**
 * The term of a token in each of some languages; for a plain word the same array at every call, as words recur.
 * @param languages a list that does not change. @param termIn gives the term of the token in a language: of a word that the
 *   text has as its surface except for capital letters, it depends on nothing else.
 */
export function formsIn(
  languages: readonly Language[],
  text: string,
  { kind, surface, start, end }: Token,
  termIn: (language: Language) => string,
): Forms {
  if (kind !== 'word' || end - start !== surface.length) return languages.map(termIn);
  // Most words have no capital letters.
  const isPlain = text.startsWith(surface, start) || text.slice(start, end).toLowerCase() === surface;
  if (!isPlain) return languages.map(termIn);
  let words = known.get(languages);
  if (!words) {
    words = new Map();
    known.set(languages, words);
  }
  let forms = words.get(surface);
  if (!forms) {
    forms = languages.map(termIn);
    if (words.size >= CACHE_LIMIT) words.clear();
    words.set(surface, forms);
  }
  return forms;
}
