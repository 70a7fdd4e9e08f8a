import { isStopWordIn, languageStem, languageWord } from './language-words.ts';
import type { Language } from './languages.ts';
import { plainFormOf, storedSpan } from './markup/plain-form.ts';
import type { Span } from './span.ts';
import { NO_TERM, stem, wordTerm } from './stemmer.ts';
import { isStopWord } from './stop-words.ts';
import { readWords, surfaceOf, type Token, tokenize } from './tokenizer.ts';
import { sieveOf } from './word-sieve.ts';

/** A term of the index, with the place in the text it came from. */
export interface AnalyzedToken extends Span {
  readonly term: string;
  /** Folded, not stemmed. */
  readonly surface: string;
  readonly position: number;
  /** Surfaces that the term joins ("self", "improvement"), when it is a compound. */
  readonly parts: readonly string[];
}

/**
 * Text to terms: split, folded, stop words dropped, stemmed. Documents and queries use the same function.
 * @param language that of the text. Default: English.
 */
export function analyze(text: string, language: Language = 'en'): AnalyzedToken[] {
  const tokens = tokenize(text);
  return language === 'en' ? terms(tokens) : termsIn(language, text, tokens);
}

/** The tokens of a text that have one of these terms. In English, most words are skipped by their first two letters. */
export function analyzeFor(
  text: string,
  wanted: ReadonlySet<string>,
  language: Language = 'en',
): AnalyzedToken[] {
  if (language !== 'en') return analyze(text, language).filter(({ term }) => wanted.has(term));
  const sieve = sieveOf(wanted);
  const found: AnalyzedToken[] = [];
  const plain = plainFormOf(text);
  const read = plain?.text ?? text;
  readWords(read, {
    word(start, end, position) {
      if (!sieve.lets(read, start, end)) return;
      const surface = read.slice(start, end).toLowerCase();
      const term = wordTerm(surface);
      if (term !== NO_TERM && wanted.has(term))
        found.push({ term, surface, start, end, position, parts: NO_PARTS });
    },
    chain({ own }, at, first) {
      for (const token of own) {
        const term = termOf('', token, 'en');
        if (term === NO_TERM || !wanted.has(term)) continue;
        const { surface, start, end, position, parts } = token;
        found.push({ term, surface, start: at + start, end: at + end, position: first + position, parts });
      }
    },
  });
  return plain ? found.map((token) => ({ ...token, ...storedSpan(plain, token) })) : found;
}

const NO_PARTS: readonly string[] = [];

/** The term of a token of a text in a language; NO_TERM for a stop word, and for a bigram with one. */
export function termOf(text: string, token: Token, language: Language): string {
  const { kind, surface, parts } = token;
  if (language === 'en') {
    // A neighbouring pair with a stop word in it ("state-of" in "state-of-the-art") is not a term; a whole
    // word with one ("few-shot", "on-policy") is.
    if (kind === 'bigram' && parts.some(isStopWord)) return NO_TERM;
    return kind === 'word' ? wordTerm(surface) : stem(surface);
  }
  if (kind === 'word') return languageWord(writtenIn(text, token), language).term;
  if (kind === 'bigram' && parts.some((part) => isStopWordIn(part, language))) return NO_TERM;
  return languageStem(surface, language);
}

/**
 * The words of a text one by one, stop words too: folded, and without what a language elides before them, which is not
 * part of their span either.
 */
export function wordsIn(text: string, language: Language = 'en'): Token[] {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  return language === 'en' ? words : words.map((word) => withoutElision(text, word, language));
}

function terms(tokens: readonly Token[]): AnalyzedToken[] {
  const analyzed: AnalyzedToken[] = [];
  for (const token of tokens) {
    const term = termOf('', token, 'en');
    if (term === NO_TERM) continue;
    const { surface, start, end, position, parts } = token;
    analyzed.push({ term, surface, start, end, position, parts });
  }
  return analyzed;
}

function termsIn(language: Exclude<Language, 'en'>, text: string, tokens: readonly Token[]): AnalyzedToken[] {
  return tokens.flatMap((token) => {
    const term = termOf(text, token, language);
    if (term === NO_TERM) return [];
    const { surface, start, end, position, parts } =
      token.kind === 'word' ? withoutElision(text, token, language) : token;
    return [{ term, surface, start, end, position, parts }];
  });
}

function withoutElision(text: string, word: Token, language: Exclude<Language, 'en'>): Token {
  const { surface, skipped } = languageWord(writtenIn(text, word), language);
  return skipped === 0 ? word : { ...word, surface, start: word.start + skipped };
}

const LETTER = /\p{L}/u;

/** A word as the text has it, in lower case; folded where the text has something else there, such as a formula. */
function writtenIn(text: string, { surface, start, end }: Token): string {
  const written = text.slice(start, end);
  if (written === surface || !LETTER.test(written)) return surface;
  const lower = written.toLowerCase().normalize('NFC');
  return surfaceOf(lower) === surface ? lower : surface;
}
