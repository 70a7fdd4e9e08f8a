import type { Span } from '../../text/span.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** A word where it stands in a text; a possessive ending is no part of it. */
export interface Word extends Span {
  /** Case and accents folded away. */
  readonly folded: string;
  /** As it is written. */
  readonly text: string;
}

/** The words of a text in order, hyphenated ones in parts: the analyzer's, neither stemmed nor joined. */
export function wordsOf(text: string): Word[] {
  return tokenize(text).flatMap(({ kind, surface, start, end }) => {
    if (kind !== 'word') return [];
    const written = text.slice(start, end).replace(/['’ʼ]s$/iu, '');
    return [{ folded: surface, text: written, start, end: start + written.length }];
  });
}

/**
 * What equal values have in common: their folded words, with a blank before and behind each, so that ` word ` is in
 * the key of every value with that word and ` wor` in that of every value with a word that begins so.
 */
export function keyOf(words: readonly Word[]): string {
  return words.length === 0 ? '' : ` ${words.map(({ folded }) => folded).join(' ')} `;
}
