import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { intersect, unite } from '../../util/mask.ts';

const NO_SPAN = { start: 0, end: 0 };

/**
 * Marks the papers with an author whose name may be this one (`isNamed`); where there is none, those of all the people
 * that the text names, or those with an author whose name contains its words one after another, as the keyword index
 * has them.
 * @param mask a byte a paper; set to 1 for each such paper.
 */
export function markAuthor(
  name: string,
  lexical: Pick<KeywordIndex, 'match'>,
  fields: Pick<FieldIndex, 'authorNames'>,
  mask: Uint8Array,
): void {
  const people = papersOfPeople(name, fields, mask.length);
  if (people) unite(mask, people);
  else lexical.match({ kind: 'phrase', field: 'author', text: name, span: NO_SPAN }, mask);
}

/** What texts of names consist of: C++ is not a person. */
const OF_NAMES = /^[\p{L}\p{M}\s.,;&'’`´‘·()-]+$/u;
/** Between two names of a text: "Prieve or Udo Pooch", "Smith & Jones". A comma may also be part of a name. */
const BETWEEN = /\s*(?:;|&|\s(?:and|or|und|et)(?=\s))\s*/iu;

/**
 * The papers of the people that a whole text names: one person; several with "and", "or", "&" or a comma between them,
 * all of them together, or any of them with "or" or where no paper has all; or family names only, all of them of authors
 * of one paper.
 * @param size papers in the index.
 * @returns a byte a paper; undefined where a part of the text is not an author's name.
 */
export function papersOfPeople(
  text: string,
  { authorNames }: Pick<FieldIndex, 'authorNames'>,
  size: number,
): Uint8Array | undefined {
  if (!OF_NAMES.test(text)) return undefined;
  const maskOf = (values: readonly number[]): Uint8Array | undefined => {
    if (values.length === 0) return undefined;
    const mask = new Uint8Array(size);
    authorNames.mark(values, mask);
    return mask;
  };
  const one = maskOf(authorNames.find(text));
  if (one) return one;
  const parts = text.split(BETWEEN).filter((part) => part !== '');
  const names = parts.length > 1 ? parts : text.split(/\s*,\s*/u).filter((part) => part !== '');
  if (names.length > 1) {
    const either = /\s(?:or)\s/iu.test(text);
    const masks = names.map((name) => maskOf(authorNames.find(name)));
    if (masks.some((mask) => mask === undefined)) return undefined;
    const together = either ? undefined : combined(masks as Uint8Array[], false);
    return together ?? combined(masks as Uint8Array[], true);
  }
  const words = text.split(/\s+/u);
  if (words.length < 2 || words.some((word) => isStopWord(word.toLowerCase()))) return undefined;
  const masks = words.map((word) => maskOf(authorNames.withFamily(word)));
  return masks.some((mask) => mask === undefined) ? undefined : combined(masks as Uint8Array[], false);
}

/** Papers in any or all of several masks; undefined for none. */
function combined(masks: readonly Uint8Array[], any: boolean): Uint8Array | undefined {
  const [first, ...others] = masks;
  const mask = first!.slice();
  for (const other of others) {
    if (any) unite(mask, other);
    else intersect(mask, other);
  }
  return mask.includes(1) ? mask : undefined;
}
