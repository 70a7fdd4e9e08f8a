import type { Span } from '../../text/span.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** A word at its position in a text, without a possessive ending. */
export interface Word extends Span {
  /** Without case and accents. */
  readonly folded: string;
  /** As written in the text. */
  readonly text: string;
}

/** The words of a text in order, hyphenated ones in parts: those of the analyzer, neither stemmed nor joined. */
export function wordsOf(text: string): Word[] {
  return tokenize(text).flatMap(({ kind, surface, start, end }) => {
    if (kind !== 'word') return [];
    const written = text.slice(start, end).replace(/['’ʼ]s$/iu, '');
    return [{ folded: surface, text: written, start, end: start + written.length }];
  });
}

/**
 * The key that equal values share: their folded words, with a space before and after each, so that ` word ` is in the key
 * of every value with that word and ` wor` in the key of every value with a word that begins with it.
 */
export function keyOf(words: readonly Word[]): string {
  return words.length === 0 ? '' : ` ${words.map(({ folded }) => folded).join(' ')} `;
}
