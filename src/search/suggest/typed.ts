import { keyOf, wordsOf } from './words.ts';

/** A text while it is typed: the last word may be incomplete. */
export interface TypedText {
  /** The prefix of the keys of values that begin with the text; inside other keys, its words next to each other. */
  readonly prefix: string;
  /** The words, each once. */
  readonly words: readonly TypedWord[];
}

/** A word of a typed text. */
export interface TypedWord {
  /** Folded. */
  readonly word: string;
  /** Whether it may be only the beginning of a word. */
  readonly open: boolean;
  /** A part of the key of every value that has the word. */
  readonly needle: string;
}

/** @returns undefined for a text without words. */
export function typedText(text: string): TypedText | undefined {
  const found = wordsOf(text);
  const last = found.at(-1);
  if (last === undefined) return undefined;
  const open = last.end === text.length;
  const key = keyOf(found);
  const whole = new Set((open ? found.slice(0, -1) : found).map(({ folded }) => folded));
  const words = Array.from(whole, (word) => ({ word, open: false, needle: ` ${word} ` }));
  if (open) words.push({ word: last.folded, open, needle: ` ${last.folded}` });
  return { prefix: open ? key.slice(0, -1) : key, words };
}
