import { PaperSearchError } from '../../errors.ts';
import { type YearRange, yearRangeBetween, yearRangeOf } from '../../query/fields.ts';

/** Blanks around signs; a text with blanks between digits is not a year. */
const BLANKS = /(?<!\d)\s+|\s+(?!\d)/gu;

/** The first and the last number of a range, both included; open where undefined. */
export type Range = YearRange;

/** A number, a range of years as `year:` in a query takes it, or the first and the last number; open where undefined. */
export type RangeFilter = number | string | Partial<Range>;

/** What a filter by year takes, for messages. */
export const EXPECTED_YEARS =
  'a year or a range of years: 2023, 2020..2024, >=2022 or <2020, the earlier year first';

/** The years that a filter means; undefined when it is not a year or a range, or ends before it begins. */
export function readYears(filter: RangeFilter): Range | undefined {
  return typeof filter === 'object'
    ? yearRangeBetween(filter.from, filter.to)
    : yearRangeOf(String(filter).replace(BLANKS, ''));
}

/**
 * The range that a filter means.
 * @param name of the field. @throws PaperSearchError BAD_REQUEST for what is not a range, and for a range that ends
 *   before it begins.
 */
export function rangeOf(name: string, unit: 'year' | 'day', filter: RangeFilter): Range {
  const range = READERS[unit](filter);
  if (range) return range;
  const given = typeof filter === 'object' ? JSON.stringify(filter) : `"${filter}"`;
  throw new PaperSearchError('BAD_REQUEST', `${given} is not ${EXPECTED[unit]}.`, {
    details: { parameter: name },
  });
}

/** Days from one to another, each as year · 10,000 + month · 100 + day; a single number is that day. */
function readDays(filter: RangeFilter): Range | undefined {
  if (typeof filter === 'string') return undefined;
  const { from, to } = typeof filter === 'number' ? { from: filter, to: filter } : filter;
  const areDays = [from, to].every((day) => day === undefined || (Number.isInteger(day) && day > 0));
  const isRange = areDays && (from !== undefined || to !== undefined);
  return isRange && (from ?? 0) <= (to ?? Number.POSITIVE_INFINITY) ? { from, to } : undefined;
}

const READERS = { year: readYears, day: readDays } as const;
const EXPECTED = {
  year: EXPECTED_YEARS,
  day: 'a day or a range of days as numbers such as 20240131, the earlier day first',
} as const;
