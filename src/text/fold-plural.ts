import NounInflector from 'natural/lib/natural/inflectors/noun_inflector.js';
import { foldValue } from './fold-value.ts';

/** Endings with an s that are not plurals: "analysis", "loss", "bias". */
const NO_PLURAL = /(?:[iu]s|ss|bias|atlas|gas|lens|canvas)$/;
const LAST_WORD = /[a-z]{4,}$/;

const inflector = new NounInflector();

/**
 * A value for comparison as `foldValue` gives it, its last word in the singular: "Language Models" is "language model".
 * A key for comparing, not a text to show: the singular of some words is misspelt.
 */
export function foldPlural(text: string): string {
  return foldValue(text).replace(LAST_WORD, (word) =>
    NO_PLURAL.test(word) || !word.endsWith('s') ? word : inflector.singularize(word),
  );
}
