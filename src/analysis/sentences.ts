const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The sentences of a text in order (Unicode Standard Annex 29, English). Joined, they are the text again: each
 * keeps the blanks behind it.
 */
export function sentencesOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
