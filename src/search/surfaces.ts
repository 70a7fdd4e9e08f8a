import { ENGLISH_ONLY, type Language } from '../text/languages.ts';
import { plainUnicode } from '../text/markup/plain-form.ts';
import { analyzeQuery, formsOf } from '../text/query-analyzer.ts';
import { stem } from '../text/stemmer.ts';

/**
 * The words of a text by their terms, in the spelling of the text, without its markup: "LEarning" for
 * `**LE**arning`. Two neighbours that may be one term of the index are joined by a hyphen ("adversarial-examples").
 * @param languages those of the index.
 */
export function surfacesOf(
  written: string,
  languages: readonly Language[] = ENGLISH_ONLY,
): ReadonlyMap<string, string> {
  const text = plainUnicode(written);
  const tokens = analyzeQuery(text, languages);
  const words = tokens.filter(({ parts }) => parts.length === 0);
  const surfaces = new Map<string, string>();
  for (const [i, next] of words.slice(1).entries()) {
    const word = words[i]!;
    if (next.position !== word.position + 1) continue;
    const parts = [text.slice(word.start, word.end), text.slice(next.start, next.end)];
    surfaces.set(stem(word.surface + next.surface), parts.join('-'));
  }
  // A single word of the text replaces joined neighbours with the same term.
  for (const token of tokens) {
    for (const form of formsOf(token)) surfaces.set(form, text.slice(token.start, token.end));
  }
  return surfaces;
}
