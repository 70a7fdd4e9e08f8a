import type { Paper } from '../paper.ts';

/** Year, month and day as far as they are known. */
export type DateParts =
  | readonly []
  | readonly [number]
  | readonly [number, number]
  | readonly [number, number, number];

/** The parts of an ISO date or a prefix of one; none for any other text. */
function dateParts(date: string | undefined): DateParts {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date ?? '') ?? [];
  if (year === undefined) return [];
  if (month === undefined) return [Number(year)];
  return day === undefined ? [Number(year), Number(month)] : [Number(year), Number(month), Number(day)];
}

/**
 * What a citation says of a paper's date: that of its year alone where the date is of another year, as that of a
 * preprint before its conference.
 */
export function citedDate({ year, date }: Pick<Paper, 'year' | 'date'>): DateParts {
  const parts = dateParts(date);
  if (year === undefined || parts[0] === year) return parts;
  return [year];
}

/** Whether `citedDate` says all of a paper's date and year. */
export function isDateCited({ year, date }: Pick<Paper, 'year' | 'date'>): boolean {
  return date === undefined || (dateParts(date).length > 0 && dateParts(date)[0] === year);
}
