import { PaperSearchError } from '../../errors.ts';
import { type YearRange, yearRangeBetween, yearRangeOf } from '../../query/fields.ts';

/** Blanks around signs; those between digits make a text no year. */
const BLANKS = /(?<!\d)\s+|\s+(?!\d)/gu;

/** A year, a range as `year:` of a query takes it, or its first and last year; open where undefined. */
export type YearFilter = number | string | Partial<YearRange>;

/**
 * The years that a filter means. Texts are read like those after `year:` in a query, blanks aside.
 * @throws PaperSearchError BAD_REQUEST for what is no year and no range, and for a range that ends before it begins.
 */
export function yearsOf(filter: YearFilter): YearRange {
  const range =
    typeof filter === 'object'
      ? yearRangeBetween(filter.from, filter.to)
      : yearRangeOf(String(filter).replace(BLANKS, ''));
  if (range) return range;
  const given = typeof filter === 'object' ? JSON.stringify(filter) : `"${filter}"`;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `${given} is no year or range of years: write 2023, 2020..2024, >=2022 or <2020, the earlier year first.`,
    { details: { parameter: 'year' } },
  );
}
