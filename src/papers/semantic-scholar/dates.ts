import { dateOf, UNDATED } from '../day.ts';
import type { Paper } from '../paper.ts';

type Dated = Pick<Paper, 'year' | 'date' | 'session'>;

/** Days, both counted in, as year · 10,000 + month · 100 + day; open where undefined. */
export interface DayRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const DAY = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

/** The day of publication, YYYY-MM-DD; null when no day is known. That of the session where there is no date. */
export function publicationDateOf(paper: Dated): string | null {
  const date = publicationDayOf(paper);
  if (date === UNDATED) return null;
  const digits = String(date).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The day of publication as a number that sorts, see `dateOf`; UNDATED when no day is known. */
function publicationDayOf(paper: Dated): number {
  const date = dateOf(paper);
  return date % 100 === 0 ? UNDATED : date;
}

/**
 * Reads `START:END`, each a day, a month or a year (YYYY, YYYY-MM, YYYY-MM-DD) or nothing; one without a colon is
 * all of that time.
 * @returns undefined for anything else, and for a range that ends before it begins.
 */
export function dayRangeOf(text: string): DayRange | undefined {
  const [start = '', end = start, ...others] = text.split(':').map((part) => part.trim());
  if (others.length > 0 || start + end === '') return undefined;
  const from = start === '' ? undefined : boundOf(start, '01', '01');
  const to = end === '' ? undefined : boundOf(end, '12', '31');
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return from !== undefined && to !== undefined && from > to ? undefined : { from, to };
}

/** NaN if the text is not a date. */
function boundOf(text: string, unknownMonth: string, unknownDay: string): number {
  const [, year, month = unknownMonth, day = unknownDay] = DAY.exec(text) ?? [];
  return year === undefined ? Number.NaN : Number(year + month + day);
}
