import { type AnalyzedToken, analyze, termOf } from './analyzer.ts';
import type { Language } from './languages.ts';
import { NO_TERM } from './stemmer.ts';
import { type Token, tokenize } from './tokenizer.ts';
import { formsIn } from './word-forms.ts';

/** A token of a query, which may match papers in several languages. */
export interface QueryToken extends AnalyzedToken {
  /**
   * The term in each language of the index, in the order of those; NO_TERM where the word is a stop word. Undefined for
   * an index in English only. `term` is the first of them.
   */
  readonly forms?: readonly string[] | undefined;
  /** Whether it is a stop word in the language of most papers, and may be a word in another. */
  readonly isUnsure?: boolean | undefined;
}

/** Longer queries have enough words to show their language. */
const MAX_SHORT = 4;

/**
 * The tokens of a query as an index in some languages has them.
 *
 * Its stop words are those of one language: the one with most stop words in the query where there are at least two, else
 * the language of most papers. So "die hard" keeps its "die" in an index of English papers with some in German. English
 * stop words are dropped from a query without stop words of the main language, too: papers in other languages only
 * quote them. A short query that does not show its language keeps what may be a word in another one as `isUnsure`, and a
 * query of nothing else keeps what is a word in any language.
 * @param languages those of the papers, the most frequent first; English is always among them.
 */
export function analyzeQuery(text: string, languages: readonly Language[]): readonly QueryToken[] {
  if (text !== last.text || languages !== last.languages)
    last = { text, languages, tokens: analyzed(text, languages) };
  return last.tokens;
}

/** What was analysed last: a query is analysed once to split its words, and again for its terms. */
let last: {
  readonly text: string;
  readonly languages: readonly Language[];
  readonly tokens: readonly QueryToken[];
} = { text: '', languages: [], tokens: [] };

function analyzed(text: string, languages: readonly Language[]): QueryToken[] {
  const [main] = languages;
  if (languages.length === 1 && main === 'en') return analyze(text);
  const tokens = tokenize(text).map((token) => ({
    token,
    forms: formsIn(languages, text, token, (language) => termOf(text, token, language)),
  }));
  const { language, isSure } = stopLanguageOf(tokens, languages);
  const dropping = languages.indexOf(language);
  const contentful = tokens.filter(({ forms }) => forms.some((form) => form !== NO_TERM));
  const kept = contentful.filter(({ forms }) => forms[dropping] !== NO_TERM);
  const keepsAll = kept.length === 0 || (!isSure && tokens.length <= MAX_SHORT);
  return (keepsAll ? contentful : kept).map(({ token, forms }) => {
    const { surface, start, end, position, parts } = token;
    const term = forms.find((form) => form !== NO_TERM)!;
    const isUnsure = kept.length > 0 && forms[dropping] === NO_TERM;
    return { term, surface, start, end, position, parts, forms, ...(isUnsure && { isUnsure }) };
  });
}

/** The terms that a text may have in an index in some languages. */
export function queryForms(text: string, languages: readonly Language[]): ReadonlySet<string> {
  return new Set(analyzeQuery(text, languages).flatMap(formsOf));
}

/** The distinct terms of a token. */
export function formsOf({ term, forms }: QueryToken): readonly string[] {
  return forms ? Array.from(new Set(forms)).filter((form) => form !== NO_TERM) : [term];
}

/** The language whose stop words a query is without. */
function stopLanguageOf(
  tokens: readonly { readonly token: Token; readonly forms: readonly string[] }[],
  languages: readonly Language[],
): { readonly language: Language; readonly isSure: boolean } {
  const words = tokens.filter(({ token }) => token.kind === 'word');
  const counts = languages.map((_, at) => words.filter(({ forms }) => forms[at] === NO_TERM).length);
  const most = Math.max(...counts);
  const best = languages[counts.indexOf(most)]!;
  if (most >= 2) return { language: best, isSure: true };
  const english = counts[languages.indexOf('en')]!;
  if (counts[0] === 0 && english > 0) return { language: 'en', isSure: true };
  return { language: languages[0]!, isSure: languages[0] === 'en' };
}
