import type { Span } from './span.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** UTF-16 code units that are segmented together: for each sentence the segmenter reads all of its text. */
const WINDOW = 4096;

/**
 * The sentences of a text in order (Unicode Standard Annex 29, English). Joined, they are the text again: each
 * keeps the blanks after it.
 */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let length = WINDOW;
  while (start + length < text.length) {
    const found = segmentsOf(text.slice(start, start + length));
    // The following text decides where the last sentence ends, so the last two sentences are segmented again.
    const sure = found.slice(0, -2);
    for (const sentence of sure) {
      sentences.push(sentence);
      start += sentence.length;
    }
    length = sure.length > 0 ? WINDOW : length * 2;
  }
  for (const sentence of segmentsOf(text.slice(start))) sentences.push(sentence);
  return sentences;
}

function segmentsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The span of each sentence of a text, without the blanks around it. */
export function sentenceSpans(text: string): Span[] {
  let at = 0;
  return sentencesOf(text).flatMap((sentence) => {
    const start = at + sentence.length - sentence.trimStart().length;
    at += sentence.length;
    const end = at - (sentence.length - sentence.trimEnd().length);
    return start < end ? [{ start, end }] : [];
  });
}
