import { sentencesOf } from '../../text/sentences.ts';

/** A text, and whether something of it was left out. */
export interface Shortened {
  readonly text: string;
  readonly cut: boolean;
}

/**
 * The first sentences of a text that fit; where not even the first does, its first words and an ellipsis.
 * @param most length wanted, in UTF-16 code units; 0 gives an empty text.
 */
export function firstSentences(text: string, most: number): Shortened {
  if (text.length <= most) return { text, cut: false };
  if (most === 0) return { text: '', cut: true };
  // The last sentence of a piece may go on behind it. The piece has room for the blank behind a sentence that just fits.
  let kept = '';
  for (const sentence of sentencesOf(text.slice(0, most + 2)).slice(0, -1)) {
    if ((kept + sentence).trimEnd().length > most) break;
    kept += sentence;
  }
  kept = kept.trimEnd();
  return { text: kept === '' ? firstWords(text, most) : kept, cut: true };
}

/** The first half of a surrogate pair whose second half was cut off. */
const HALF_PAIR = /[\ud800-\udbff]$/;

/** The first words of a text that fit with an ellipsis; the text itself when it is short enough. */
export function firstWords(text: string, most: number): string {
  if (text.length <= most) return text;
  const piece = text.slice(0, most - 1).replace(HALF_PAIR, '');
  const blank = piece.lastIndexOf(' ');
  return `${(blank > most / 2 ? piece.slice(0, blank) : piece).trimEnd()}…`;
}
