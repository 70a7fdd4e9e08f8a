import { createHash } from 'node:crypto';

/** Longer keywords are stored as digests: Lucene takes terms of 32,766 bytes, and two texts may share one term. */
const MAX_KEYWORD_BYTES = 8_000;
/** Code units of a text that a longer one is cut to; a prefix of so many still finds it. */
const KEPT = 2_000;
/** Replaces white space and control characters in a word: no text that was read contains it. */
const BLANK = '\u0004';
/** Half of a pair of code units. */
const HALF = /\p{Cs}/gu;
/** What would end a word in a stream of words, or has a meaning there. */
const BREAKS = /[\s\p{Cc}]/gu;

/** Between the alternatives at one position of a stream of words. */
export const ALTERNATIVE = '\u0003';
/** A position without a word. */
export const GAP = '\u0002';
/** Ends the terms of a text that ends with stop words. So long that no misspelt word is near it. */
export const END = '\u0005'.repeat(6);
/** Between the parts of a keyword that has several. */
export const PART = '\u0001';

/**
 * A text as a keyword field has it: itself, or its beginning and a digest where it is too long. Queries must put their texts
 * through the same function.
 */
export function storedKeyword(text: string): string {
  // Half a character has no bytes in UTF-8.
  const whole = text.replace(HALF, '\ufffd');
  if (whole.length * 3 <= MAX_KEYWORD_BYTES || Buffer.byteLength(whole) <= MAX_KEYWORD_BYTES) return whole;
  const digest = createHash('sha256').update(whole).digest('hex');
  return `${whole.slice(0, KEPT).replace(HALF, '\ufffd')}${GAP}${digest}`;
}

/** Whether a keyword is a cut text with its digest. */
export function isDigest(keyword: string): boolean {
  return keyword.length === KEPT + 65 && keyword[KEPT] === GAP;
}

/** A term or a folded word as a field of words has it. Queries must put theirs through the same function. */
export function storedWord(word: string): string {
  return storedKeyword(word.replace(BREAKS, BLANK)).replace(GAP, BLANK);
}

/**
 * A text whose order by UTF-8 bytes, in which a cluster sorts, is the order of the text by UTF-16 code units, in which this
 * program does: characters from U+E000 to U+FFFF come after those beyond. Almost every text stays as it is.
 */
export function sortText(text: string): string {
  const moved = text
    .replace(HALF, '\ufffd')
    .replace(MOVED, (character: string) =>
      character >= '\ue000' && character.length === 1 ? `\u{10ffff}${character}` : `\u{10fffe}${character}`,
    );
  return storedKeyword(moved);
}

const MOVED = /[\ue000-\uffff\u{10fffe}\u{10ffff}]/gu;
