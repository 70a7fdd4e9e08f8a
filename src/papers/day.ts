import type { Paper } from './paper.ts';

type Dated = Pick<Paper, 'year' | 'date' | 'session'>;

/** The date of a paper without a known date. */
export const UNDATED = 0;

/**
 * When a paper was published, as a number that sorts: year · 10,000 + month · 100 + day, where an unknown month or
 * day is 0. From its date; else its year; else the day its session starts, on the clock of the place.
 * @returns UNDATED for none.
 */
export function dateOf({ year, date, session }: Dated): number {
  return isoDate(date) || (year ?? 0) * 10_000 || isoDate(session?.start);
}

/**
 * The first day on which a paper may have been published, as `dateOf` writes it: unknown months and days are the first.
 * A day that its month does not have is the last one of the month. @returns UNDATED for a paper without a date.
 */
export function firstDayOf(paper: Dated): number {
  const date = dateOf(paper);
  const year = Math.floor(date / 10_000);
  if (year === 0) return UNDATED;
  const month = clamp(Math.floor(date / 100) % 100, 12);
  const day = clamp(date % 100, new Date(Date.UTC(year, month, 0)).getUTCDate());
  return year * 10_000 + month * 100 + day;
}

function clamp(part: number, most: number): number {
  return Math.min(Math.max(part, 1), most);
}

/** The year of a paper; that of its date or session where it has none of its own. UNDATED for none. */
export function yearOf(paper: Dated): number {
  return paper.year ?? Math.floor(dateOf(paper) / 10_000);
}

function isoDate(text: string | undefined): number {
  const [, year, month = '0', day = '0'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text ?? '') ?? [];
  return year === undefined ? UNDATED : Number(year) * 10_000 + Number(month) * 100 + Number(day);
}
