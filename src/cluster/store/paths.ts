import type { Field, SortKey } from '../../papers/field.ts';
import type { TextField } from '../../papers/fields.ts';
import { EVERY_FIELD } from '../../papers/internal-fields.ts';

/*
 * Where a document has what of a paper. Everything follows from the declared fields of papers (`EVERY_FIELD`).
 */

/** All terms of a paper, those of title and keywords twice; a `term` query on it counts the papers of a term. */
export const TERMS = 'terms';
/** Terms of a field with the positions that the embedded index has. */
export const wordsPath = (field: TextField) => `words.${field}`;
/** Words of a field, folded and not stemmed, stop words and compounds too, at the same positions. */
export const surfacesPath = (field: TextField) => `surfaces.${field}`;
/** How compounds are written: `spellingOf`. */
export const SPELLINGS = 'spellings';
/** The language that a paper is analysed in, English too. */
export const LANGUAGE = 'lang';
/** Number of terms in a field, as the embedded index counts them. */
export const lengthPath = (field: TextField) => `lengths.${field}`;
/** Folded values of a field of values. */
export const valuesPath = (name: string) => `values.${name}`;
/** `folded PART as written` of the values of a facet. */
export const shownPath = (name: string) => `shown.${name}`;
/** Words of each value of a field without indexed text, all of one value at one position: see `WITHIN_GAP`. */
export const withinPath = (name: string) => `within.${name}`;
/** Keys of a field of identifiers. */
export const keysPath = (name: string) => `keys.${name}`;
/** Numbers of a field of numbers; absent for 0 unless it counts. */
export const numberPath = (name: string) => `numbers.${name}`;
/** Flags of a paper, by the name of the field. */
export const flagsPath = (name: string) => name;
/** Authors as names are compared (`personOf`), each once. */
export const PEOPLE = 'people';
/** `word PART person` for each word of at least two letters of each author, and `=` with all letters of the name. */
export const PEOPLE_BY_WORD = 'peopleByWord';
/** Digests of the keys of the works that a paper cites, and of those that its source says cite it. */
export const CITES = 'cites';
export const CITED_BY = 'citedBy';
/** Digests of the keys that a paper is cited by. */
export const WORKS = 'works';
/** The id of a paper as it sorts (`sortText`): the order of the index. */
export const ID = 'id';
/** Other ids that a paper is found by, as they are written. */
export const ALIASES = 'aliases';
export const VECTOR = 'vector';
/** Number of the source records of a paper. */
export const SOURCES = 'sources';

/** How papers are sorted by a declared order. */
export interface SortStep {
  readonly path: string;
  readonly order: 'asc' | 'desc';
  /** Papers without a value come last. A count of 0 is a value. */
  readonly missing: '_last';
}

/** The `sort` of a search for a declared order, ties by id: pages never repeat a paper. `index`: by id alone. */
export function sortSteps(name: string): SortStep[] {
  if (name === 'index') return [{ path: ID, order: 'asc', missing: '_last' }];
  const sort = EVERY_FIELD.find((field) => field.name === name)!.sort!;
  return [stepOf(name, sort), ...sortSteps(sort.by === 'text' ? 'index' : sort.ties)];
}

function stepOf(name: string, sort: SortKey): SortStep {
  const step = (path: string, isDescending: boolean): SortStep => ({
    path,
    order: isDescending ? 'desc' : 'asc',
    missing: '_last',
  });
  switch (sort.by) {
    case 'text':
      return step(sortPath(name), false);
    case 'number':
      return step(sortPath(name), sort.direction === 'descending');
    case 'count':
      return step(numberPath(countField(sort.direction)), !sort.isAscending);
    case 'arrival':
      return step(numberPath(arrivalField()), true);
  }
}

/** The sort key of a field that sorts by text or by number. */
function sortPath(name: string): string {
  return `sort.${name}`;
}

/** The name of the field that counts links in a direction. */
export function countField(direction: 'references' | 'citations'): string {
  return nameOf(
    (field) => field.kind === 'number' && field.unit === 'count' && field.direction === direction,
  );
}

function arrivalField(): string {
  return nameOf((field) => field.kind === 'number' && field.unit === 'instant' && field.event === 'added');
}

function nameOf(is: (field: Field) => boolean): string {
  return EVERY_FIELD.find(is)!.name;
}
