import { keyOf, wordsOf } from './words.ts';

/** A text as far as it is typed: the last word may still go on. */
export interface TypedText {
  /** What the key of a value that begins with the text begins with; in others, it shows the words as neighbours. */
  readonly prefix: string;
  /** The words, each once. */
  readonly words: readonly TypedWord[];
}

/** A word of a typed text. */
export interface TypedWord {
  /** Folded. */
  readonly word: string;
  /** Whether it may only be the beginning of the word that is meant. */
  readonly open: boolean;
  /** What is in the key of every value that has the word. */
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
