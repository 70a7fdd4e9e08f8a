import { FIELDS, type FieldWith, HAS_VALUES, type HasValue } from '../papers/fields.ts';
import type { QueryCount, QueryFact, QueryInstant, QueryTextField } from './ast.ts';

type DeclaredQueryField = FieldWith<{ query: object }>;
/** A field that may be written before a colon. */
export type QueryField = DeclaredQueryField['name'];

const QUERY_FIELDS = FIELDS.filter((field): field is DeclaredQueryField => 'query' in field);
/** The fields with text that keyword search indexes, and those without. */
export const QUERY_TEXT_FIELDS = QUERY_FIELDS.filter((field) => 'text' in field).map(
  ({ name }) => name,
) as readonly QueryField[] as readonly QueryTextField[];
export const QUERY_FACTS = QUERY_FIELDS.filter(
  (field) =>
    !('text' in field) && (field.kind === 'values' || field.kind === 'identifier' || field.kind === 'links'),
).map(({ name }) => name) as readonly QueryField[] as readonly QueryFact[];

/** The fields that count something. */
/** Fields of numbers of links. */
export const QUERY_COUNTS = QUERY_FIELDS.filter((field) => 'unit' in field && field.unit === 'count').map(
  ({ name }) => name,
) as readonly QueryField[] as readonly QueryCount[];

const BY_NAME = new Map<string, QueryField>(
  QUERY_FIELDS.flatMap(({ name, query }) => query.map((written) => [written.toLowerCase(), name] as const)),
);
const FIELD = new RegExp(`(${[...BY_NAME.keys()].join('|')}):`, 'iy');

/** The field whose name and colon begin at `at`, and where its value begins; undefined when there is no such field. */
export function fieldAt(text: string, at: number): { field: QueryField; valueAt: number } | undefined {
  FIELD.lastIndex = at;
  const name = FIELD.exec(text)?.[1];
  return name === undefined
    ? undefined
    : { field: BY_NAME.get(name.toLowerCase())!, valueAt: FIELD.lastIndex };
}

/** The fields whose names are before a colon anywhere in a text. */
export function fieldsNamedIn(text: string): Set<QueryField> {
  const names = text.matchAll(new RegExp(FIELD, 'gi'));
  return new Set(Array.from(names, ([, name]) => BY_NAME.get(name!.toLowerCase())!));
}

/** Whether the field has values or identifiers but no text that keyword search indexes: `id:`, `session:`, `area:`. */
export function isFact(field: QueryField): field is QueryFact {
  return QUERY_FACTS.some((fact) => fact === field);
}

/** Whether the field counts something: `citations:`, `references:`. */
export function isCount(field: QueryField): field is QueryCount {
  return QUERY_COUNTS.some((count) => count === field);
}

/** Whether the field is of instants: `added:`, `changed:`. */
export function isInstant(field: QueryField): field is QueryInstant {
  return QUERY_FIELDS.some(
    ({ name, ...declared }) => name === field && 'unit' in declared && declared.unit === 'instant',
  );
}

/** What `has:` asks for; undefined for an unknown value. */
export function hasValueOf(text: string): HasValue | undefined {
  return HAS_VALUES.find((value) => value === text.toLowerCase());
}

/** Years, both inclusive; open where undefined. */
export interface YearRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Counts, both inclusive; open where undefined. */
export type CountRange = YearRange;

const YEAR = /^(\d{4})$/;
const RANGE = /^(\d{4})?(?:\.\.|-|–)(\d{4})?$/;
const COMPARED = /^(>=|<=|>|<)(\d{4})$/;

/**
 * Reads `2023`, `2020..2024`, `2020-2024`, `2020..`, `..2019`, `>=2022`, `<2020`. Years have four digits.
 * @returns undefined for anything else, and for a range that ends before it begins.
 */
export function yearRangeOf(text: string): YearRange | undefined {
  const year = YEAR.exec(text);
  if (year) return { from: Number(year[1]), to: Number(year[1]) };
  const range = RANGE.exec(text);
  if (range) return yearRangeBetween(numberOf(range[1]), numberOf(range[2]));
  const compared = COMPARED.exec(text);
  if (!compared) return undefined;
  const bound = Number(compared[2]);
  if (compared[1]!.startsWith('>'))
    return yearRangeBetween(compared[1] === '>' ? bound + 1 : bound, undefined);
  return yearRangeBetween(undefined, compared[1] === '<' ? bound - 1 : bound);
}

/** Numbers of at most so many digits are counts. */
const COUNT = String.raw`\d{1,9}`;
const COUNTS = new RegExp(
  `^(?:(?<one>${COUNT})|(?<from>${COUNT})?(?:\\.\\.|-|–)(?<to>${COUNT})?|(?<sign>>=|<=|>|<)(?<bound>${COUNT}))$`,
);

/**
 * Reads `5`, `5..20`, `5-20`, `5..`, `..20`, `>=5`, `<20`: a range of counts, both ends inclusive.
 * @returns undefined for anything else, and for a range that contains no count.
 */
export function countRangeOf(text: string): CountRange | undefined {
  const found = COUNTS.exec(text)?.groups;
  if (!found) return undefined;
  const { one, from, to, sign, bound } = found;
  if (one !== undefined) return countRangeBetween(Number(one), Number(one));
  if (sign === undefined) return countRangeBetween(numberOf(from), numberOf(to));
  const limit = Number(bound);
  return sign.startsWith('>')
    ? countRangeBetween(sign === '>' ? limit + 1 : limit, undefined)
    : countRangeBetween(undefined, sign === '<' ? limit - 1 : limit);
}

/**
 * The range from one count to another, both inclusive.
 * @returns undefined when neither is given, one is not a whole number from 0 on, or the first is the larger one.
 */
export function countRangeBetween(from: number | undefined, to: number | undefined): CountRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  const areCounts = [from, to].every(
    (count) => count === undefined || (Number.isSafeInteger(count) && count >= 0),
  );
  return areCounts && (from ?? 0) <= (to ?? Number.POSITIVE_INFINITY) ? { from, to } : undefined;
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The range from one year to another, both inclusive.
 * @returns undefined when neither is given, one is not a whole number from 0 to 9999, or the first is the later one.
 */
export function yearRangeBetween(from: number | undefined, to: number | undefined): YearRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  // Four digits, so that what is printed can be read back.
  const inRange = (year: number | undefined) =>
    year === undefined || (Number.isInteger(year) && year >= 0 && year <= 9999);
  const inOrder = from === undefined || to === undefined || from <= to;
  return inRange(from) && inRange(to) && inOrder ? { from, to } : undefined;
}
