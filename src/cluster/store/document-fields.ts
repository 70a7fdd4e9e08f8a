import { keyOfValue } from '../../indexes/fields/value-column.ts';
import type { Field, ValuesField } from '../../papers/field.ts';
import { EVERY_FIELD } from '../../papers/internal-fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { personOf } from '../../papers/people.ts';
import { workKey } from '../../papers/references.ts';
import { valueStreams } from './document-words.ts';
import { flagsPath } from './paths.ts';
import { PART, sortText, storedKeyword } from './stored-texts.ts';

/** What fields of a document follow from beside the paper. */
export interface FieldParts {
  /** Milliseconds since 1970. */
  readonly arrival: { readonly added: number; readonly changed: number };
  /** Numbers of links, where they are known. Default: no citations, and the references of the paper itself. */
  readonly links?: { readonly references: number; readonly citations: number } | undefined;
}

type Members = Record<string, Record<string, unknown>>;

/** The declared fields of a paper, as documents have them. */
export function fieldsOfDocument(paper: Paper, parts: FieldParts): Readonly<Record<string, unknown>> {
  const members: Members = { values: {}, shown: {}, within: {}, keys: {}, numbers: {}, sort: {} };
  const flags: Record<string, readonly string[]> = {};
  for (const field of EVERY_FIELD) {
    addSort(field, paper, members);
    switch (field.kind) {
      case 'values':
        addValues(field, paper, members);
        break;
      case 'identifier':
        members.keys![field.name] = [...new Set(field.keysOf(paper).map(storedKeyword))];
        break;
      case 'number': {
        const number = numberOf(field, paper, parts);
        if (number > 0 || field.unit === 'count') members.numbers![field.name] = number;
        break;
      }
      case 'flags':
        flags[flagsPath(field.name)] = Object.keys(field.flags).filter((flag) => field.flags[flag]!(paper));
        break;
    }
  }
  const aliases = (paper.aliases ?? []).map(storedKeyword);
  return { id: sortText(paper.id), aliases, ...flags, ...members, ...peopleOfDocument(paper) };
}

function numberOf(
  field: Extract<Field, { kind: 'number' }>,
  paper: Paper,
  { arrival, links }: FieldParts,
): number {
  switch (field.unit) {
    case 'instant':
      return arrival[field.event];
    case 'count':
      if (links) return links[field.direction];
      return field.direction === 'citations' ? 0 : new Set((paper.references ?? []).map(workKey)).size;
    default:
      return field.numberOf(paper);
  }
}

function addSort({ name, sort }: Field, paper: Paper, { sort: keys }: Members): void {
  if (sort?.by === 'text') {
    const key = sort.key(paper);
    if (key !== '') keys![name] = sortText(key);
  } else if (sort?.by === 'number') {
    const key = sort.key(paper);
    if (key !== 0) keys![name] = key;
  }
}

function addValues(field: ValuesField, paper: Paper, { values, shown, within }: Members): void {
  const { name, facet, text } = field;
  const written = new Map<string, string>();
  for (const value of field.valuesOf(paper)) {
    const key = value === undefined ? '' : keyOfValue(field)(value);
    if (value !== undefined && key !== '' && !written.has(key)) written.set(key, value);
  }
  if (written.size === 0) return;
  values![name] = Array.from(written.keys(), storedKeyword);
  if (facet) shown![name] = Array.from(written, ([key, value]) => shownValue(key, value));
  if (!text) within![name] = valueStreams([...written.values()]);
}

/** A value of a facet as most papers write it is the most frequent of these with its key. */
function shownValue(key: string, value: string): string {
  return `${storedKeyword(key)}${PART}${storedKeyword(value)}`;
}

/** The authors of a paper, to be found by their names: see `AuthorNames`. */
function peopleOfDocument({ authors }: Paper): { people: string[]; peopleByWord: string[] } {
  const people = [...new Set(authors.map(personOf))].filter((person) => person !== '');
  const byWord = people.flatMap((person) => {
    const words = person.split(' ');
    const long = [...new Set(words)].filter((word) => word.length > 1);
    const keys = words.length > 1 ? [...long, `=${words.join('')}`] : long;
    return keys.map((key) => storedKeyword(personKey(key) + person));
  });
  return { people: people.map(storedKeyword), peopleByWord: byWord };
}

/**
 * The beginning of the keywords of `peopleByWord` for a word of a name, or for `=` and all letters of a name: the rest of
 * such a keyword is a person.
 */
export function personKey(word: string): string {
  return `${word}${PART}`;
}
