import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { unite } from '../../util/mask.ts';

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

/** How sets of papers are found and combined: a byte a paper in an index, a query in a cluster. */
export interface PeopleSets<Papers> {
  /** The papers of a person; undefined where no author has the name. */
  readonly named: (name: string) => Papers | undefined;
  /** The papers of all people with a family name; undefined where no author has it. */
  readonly withFamily: (word: string) => Papers | undefined;
  /** The papers in all of several sets; undefined for none. */
  readonly inAll: (sets: readonly Papers[]) => Papers | undefined;
  /** The papers in any of several sets. */
  readonly inAny: (sets: readonly Papers[]) => Papers;
}

/**
 * The papers of the people that a whole text names: one person; several with "and", "or", "&" or a comma between them,
 * all of them together, or any of them with "or" or where no paper has all; or family names only, all of them of authors
 * of one paper.
 * @returns undefined where a part of the text is not an author's name.
 */
export function setOfPeople<Papers>(
  text: string,
  { named, withFamily, inAll, inAny }: PeopleSets<Papers>,
): Papers | undefined {
  if (!OF_NAMES.test(text)) return undefined;
  const one = named(text);
  if (one) return one;
  const parts = text.split(BETWEEN).filter((part) => part !== '');
  const names = parts.length > 1 ? parts : text.split(/\s*,\s*/u).filter((part) => part !== '');
  if (names.length > 1) {
    const sets = names.map(named);
    if (!areAll(sets)) return undefined;
    const either = /\s(?:or)\s/iu.test(text);
    return (either ? undefined : inAll(sets)) ?? inAny(sets);
  }
  const words = text.split(/\s+/u);
  if (words.length < 2 || words.some((word) => isStopWord(word.toLowerCase()))) return undefined;
  const sets = words.map(withFamily);
  return areAll(sets) ? inAll(sets) : undefined;
}

function areAll<Papers>(sets: readonly (Papers | undefined)[]): sets is readonly Papers[] {
  return !sets.includes(undefined);
}

/**
 * The same papers in an index. @param size papers in it.
 * @returns a byte a paper; undefined where a part of the text is not an author's name.
 */
export function papersOfPeople(
  text: string,
  { authorNames }: Pick<FieldIndex, 'authorNames'>,
  size: number,
): Uint8Array | undefined {
  const papersOf = (values: readonly number[]) =>
    values.length === 0 ? undefined : authorNames.papersOf(values);
  const papers = setOfPeople(text, {
    named: (name) => papersOf(authorNames.find(name)),
    withFamily: (word) => papersOf(authorNames.withFamily(word)),
    inAll: inAllSets,
    inAny: (sets) => new Set(sets.flatMap((set) => Array.from(set))),
  });
  if (!papers) return undefined;
  const mask = new Uint8Array(size);
  for (const doc of papers) mask[doc] = 1;
  return mask;
}

/** The papers in all of several sets; undefined for none. */
function inAllSets(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> | undefined {
  const [smallest, ...others] = Array.from(sets).sort((a, b) => a.size - b.size);
  const common = Array.from(smallest!).filter((doc) => others.every((set) => set.has(doc)));
  return common.length > 0 ? new Set(common) : undefined;
}
