import type { Publication } from '../publication.ts';

/**
 * How our own exports are known when they are read again: the field or heading that holds a paper's id, and the
 * name of the database in RIS. What they hold is plain text, so nothing in it is taken for markup.
 */
export const OWN_ID_FIELD = 'paper-search-id';
/** A date that the format's own fields cannot say beside the year: that of a preprint before its conference. */
export const OWN_DATE_FIELD = 'paper-search-date';
/** The type of a publication and who says so, where a format has no way to: see `ownTypeText`. */
export const OWN_TYPE_FIELD = 'paper-search-type';
/** Name of the database in RIS (`DB`), and of our part of `custom` in CSL-JSON. */
export const OWN_NAME = 'paper-search';
/** Put before a cell of CSV that a spreadsheet would take for a formula. */
export const FORMULA_GUARD = "'";

type Typed = Pick<Publication, 'type' | 'sourceType' | 'key'>;

/**
 * A publication's type, its type in the source's format, and whether the citation key is the user's, as one text:
 * `thesis bibtex:phdthesis key`. Exports need it to tell what they were given from what they had to choose.
 * @returns undefined where nothing is known.
 */
export function ownTypeText({ type, sourceType, key }: Typed): string | undefined {
  if (type === undefined && sourceType === undefined && key === undefined) return undefined;
  const word = (text = '-') => text.replace(/[\s%{}\\]/g, encodeURIComponent);
  return `${word(type)} ${word(sourceType)}${key === undefined ? '' : ' key'}`;
}

/** What `ownTypeText` says. @param key that the record has, the user's or ours. */
export function ownTypeOf(text: string | undefined, key: string | undefined): Typed {
  const [type, sourceType, hasKey] = (text ?? '').split(' ').map(decoded);
  return { type, sourceType, key: hasKey === 'key' ? key : undefined };
}

function decoded(word: string): string | undefined {
  try {
    return word === '-' || word === '' ? undefined : decodeURIComponent(word);
  } catch {
    return word;
  }
}
