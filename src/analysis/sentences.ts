import type { Span } from '../types.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The sentences of a text in order (Unicode Standard Annex 29, English). Joined, they are the text again: each
 * keeps the blanks behind it.
 */
export function sentencesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Where each sentence stands in a text, without the blanks around it. */
export function sentenceSpans(text: string): Span[] {
  let at = 0;
  return sentencesOf(text).flatMap((sentence) => {
    const start = at + sentence.length - sentence.trimStart().length;
    at += sentence.length;
    const end = at - (sentence.length - sentence.trimEnd().length);
    return start < end ? [{ start, end }] : [];
  });
}
