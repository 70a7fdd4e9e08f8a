import { sentencesOf } from './sentences.ts';

/** A text, and whether it was shortened. */
export interface Shortened {
  readonly text: string;
  readonly cut: boolean;
}

/**
 * The first sentences of a text that fit; if not even the first one does, its first words and an ellipsis.
 * @param maxLength in UTF-16 code units; 0 returns an empty text.
 */
export function firstSentences(text: string, maxLength: number): Shortened {
  if (text.length <= maxLength) return { text, cut: false };
  if (maxLength === 0) return { text: '', cut: true };
  // The last sentence of the piece may continue after it. The piece has room for the space after a sentence that just
  // fits.
  let kept = '';
  for (const sentence of sentencesOf(text.slice(0, maxLength + 2)).slice(0, -1)) {
    if ((kept + sentence).trimEnd().length > maxLength) break;
    kept += sentence;
  }
  kept = kept.trimEnd();
  return { text: kept === '' ? firstWords(text, maxLength) : kept, cut: true };
}

/** The first half of a surrogate pair whose second half was cut off. */
const HALF_PAIR = /[\ud800-\udbff]$/;

/** The first words of a text that fit with an ellipsis; the text itself when it is short enough. */
export function firstWords(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const piece = text.slice(0, maxLength - 1).replace(HALF_PAIR, '');
  const blank = piece.lastIndexOf(' ');
  return `${(blank > maxLength / 2 ? piece.slice(0, blank) : piece).trimEnd()}…`;
}
