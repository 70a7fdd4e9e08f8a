import { PaperSearchError } from '../../errors.ts';
import type { CountField, InstantField, NumberField } from '../../papers/field.ts';
import {
  countRangeBetween,
  countRangeOf,
  type YearRange,
  yearRangeBetween,
  yearRangeOf,
} from '../../query/fields.ts';
import { INSTANTS_EXPECTED, instantRangeBetween, instantRangeOf } from '../../query/instants.ts';

/** Spaces around signs; a text with spaces between digits is not a year. */
const BLANKS = /(?<!\d)\s+|\s+(?!\d)/gu;

/** The first and the last number of a range, both inclusive; undefined if open. */
export type Range = YearRange;

/**
 * A number, a range as in `year:` or `added:` of a query, or the first and the last number; undefined if open. Numbers of
 * instants are milliseconds since 1970.
 */
export type RangeFilter = number | string | Partial<Range>;

/** The parser of the ranges of a unit, and the expected format for messages. */
interface RangeKind {
  /** The range that a filter means; undefined when it is not one, or ends before it begins. */
  readonly read: (filter: RangeFilter) => Range | undefined;
  readonly expected: string;
}

type Unit = (NumberField | CountField | InstantField)['unit'];

/** The ranges of the units of number fields. */
export const RANGES: Readonly<Record<Unit, RangeKind>> = {
  year: {
    read: (filter) =>
      typeof filter === 'object'
        ? yearRangeBetween(filter.from, filter.to)
        : yearRangeOf(String(filter).replace(BLANKS, '')),
    expected: 'a year or a range of years: 2023, 2020..2024, >=2022 or <2020, the earlier year first',
  },
  count: {
    read: (filter) =>
      typeof filter === 'object'
        ? countRangeBetween(filter.from, filter.to)
        : countRangeOf(String(filter).replace(BLANKS, '')),
    expected: 'a number or a range of numbers: 5, 5..20, >=5 or <20, the smaller number first',
  },
  instant: {
    read: (filter) =>
      typeof filter === 'object'
        ? instantRangeBetween(filter.from, filter.to)
        : instantRangeOf(String(filter).replace(BLANKS, '')),
    expected: `a day, an instant or a range of them in UTC, the earlier one first: ${INSTANTS_EXPECTED}`,
  },
  day: {
    read: (filter) => {
      if (typeof filter === 'string') return undefined;
      const { from, to } = typeof filter === 'number' ? { from: filter, to: filter } : filter;
      const areDays = [from, to].every((day) => day === undefined || (Number.isInteger(day) && day > 0));
      const isRange = areDays && (from !== undefined || to !== undefined);
      return isRange && (from ?? 0) <= (to ?? Number.POSITIVE_INFINITY) ? { from, to } : undefined;
    },
    expected: 'a day or a range of days as numbers such as 20240131, the earlier day first',
  },
};

/**
 * The range of a filter by a field.
 * @throws PaperSearchError BAD_REQUEST for what is not a range, and for a range that ends before it begins.
 */
export function rangeOf(
  { name, unit }: { readonly name: string; readonly unit: Unit },
  filter: RangeFilter,
): Range {
  const { read, expected } = RANGES[unit];
  const range = read(filter);
  if (range) return range;
  const given = typeof filter === 'object' ? JSON.stringify(filter) : `"${filter}"`;
  throw new PaperSearchError('BAD_REQUEST', `${name}: ${given} is not ${expected}.`, {
    details: { parameter: name },
  });
}
