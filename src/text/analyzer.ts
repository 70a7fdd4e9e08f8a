import type { Span } from './span.ts';
import { NO_TERM, stem, wordTerm } from './stemmer.ts';
import { isStopWord } from './stop-words.ts';
import { letterBit, type Token, tokenize } from './tokenizer.ts';

/** A term of the index, with the place in the text it came from. */
export interface AnalyzedToken extends Span {
  readonly term: string;
  /** Folded, not stemmed. */
  readonly surface: string;
  readonly position: number;
  /** Surfaces that the term joins ("self", "improvement"), when it is a compound. */
  readonly parts: readonly string[];
}

/** Text to terms: split, folded, stop words dropped, stemmed. Documents and queries use the same function. */
export function analyze(text: string): AnalyzedToken[] {
  return terms(tokenize(text));
}

/**
 * The tokens of a text that have one of these terms. Most words are skipped by their first letter alone, which
 * stemming keeps.
 */
export function analyzeFor(text: string, wanted: ReadonlySet<string>): AnalyzedToken[] {
  let firstLetters = 0;
  for (const term of wanted) if (/^[a-z]/.test(term)) firstLetters |= letterBit(term.charCodeAt(0));
  return terms(tokenize(text, firstLetters)).filter(({ term }) => wanted.has(term));
}

function terms(tokens: readonly Token[]): AnalyzedToken[] {
  const analyzed: AnalyzedToken[] = [];
  for (const { surface, kind, start, end, position, parts } of tokens) {
    // A neighbouring pair with a stop word in it ("state-of" in "state-of-the-art") is not a term; a whole
    // word with one ("few-shot", "on-policy") is.
    if (kind === 'bigram' && parts.some(isStopWord)) continue;
    const term = kind === 'word' ? wordTerm(surface) : stem(surface);
    if (term !== NO_TERM) analyzed.push({ term, surface, start, end, position, parts });
  }
  return analyzed;
}
