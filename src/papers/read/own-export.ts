import type { Publication } from '../publication.ts';

/**
 * How our own exports are known when they are read again: the field or heading that holds a paper's id, and the
 * name of the database in RIS. What they hold is plain text, so nothing in it is taken for markup.
 */
export const OWN_ID_FIELD = 'paper-search-id';
/** A date that the format's own fields cannot say beside the year: that of a preprint before its conference. */
export const OWN_DATE_FIELD = 'paper-search-date';
/** What it says of a paper with a year and no date, which else is taken to be dated by its year. */
export const NO_DATE = 'none';
/** The ISBN that identifies a book; `isbn` is what the source has, which may be several, or that of the book around a chapter. */
export const OWN_ISBN_FIELD = 'paper-search-isbn';
/** The type of a publication and who says so, where a format has no way to: see `ownTypeText`. */
export const OWN_TYPE_FIELD = 'paper-search-type';
/** Where the program code of a paper is, and its short summary, in BibTeX. */
export const OWN_CODE_FIELD = 'paper-search-code';
export const OWN_TLDR_FIELD = 'paper-search-tldr';
/** Name of the database in RIS (`DB`), and of our part of `custom` in CSL-JSON. */
export const OWN_NAME = 'paper-search';
/** Written before a CSV cell that a spreadsheet would read as a formula. */
export const FORMULA_GUARD = "'";

/** Members of a publication that RIS has no tag for, or one that it has for another, too. */
export const RIS_HAS_NO_TAG = [
  'number',
  'chapter',
  'numberOfPages',
  'eventTitle',
  'eventPlace',
  'accessed',
] as const satisfies (keyof Publication)[];

type Typed = Pick<Publication, 'type' | 'sourceType' | 'key'>;

/**
 * A publication's type, its type in the source's format, and the user's own citation key, as one text:
 * `thesis bibtex:phdthesis doe2020`. Exports use it to distinguish what a source gave from what they had to choose.
 * @returns undefined where nothing is known.
 */
export function ownTypeText({ type, sourceType, key }: Typed): string | undefined {
  if (type === undefined && sourceType === undefined && key === undefined) return undefined;
  const word = (text = '-') => text.replace(/[\s%{}\\]/g, encodeURIComponent);
  return `${word(type)} ${word(sourceType)} ${word(key)}`;
}

/** What `ownTypeText` says. */
export function ownTypeOf(text: string | undefined): Typed {
  const [type, sourceType, key] = (text ?? '').split(' ').map(decoded);
  return { type, sourceType, key };
}

function decoded(word: string): string | undefined {
  try {
    return word === '-' || word === '' ? undefined : decodeURIComponent(word);
  } catch {
    return word;
  }
}
