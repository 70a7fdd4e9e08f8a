import { dateOf } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';

export const ATOM_TYPE = 'application/atom+xml';
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';
export const OPENSEARCH_NAMESPACE = 'http://a9.com/-/spec/opensearch/1.1/';

/** Stands for a date that is not known, since Atom wants one in every entry: no paper is of the year 1. */
export const UNKNOWN_INSTANT = '0001-01-01T00:00:00Z';

/**
 * When a paper was published, as Atom has it (RFC 3339): midnight in GMT of its date, of the first day of its month or
 * year where no more is known. UNKNOWN_INSTANT for none.
 */
export function publishedInstant(paper: Paper): string {
  const date = dateOf(paper);
  const year = Math.floor(date / 10_000);
  if (year === 0) return UNKNOWN_INSTANT;
  const month = within(Math.floor(date / 100) % 100, 12);
  // What is no day is the last of its month, so that instants are in the order of dates.
  const day = within(date % 100, new Date(Date.UTC(year, month, 0)).getUTCDate());
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T00:00:00Z`;
}

function within(part: number, most: number): number {
  return Math.min(Math.max(part, 1), most);
}

/** The address of a paper's page on this server. @param base of the server, without a slash at its end. */
export function paperPage(paper: Paper, base: string): string {
  return `${base}/paper/${encodeURIComponent(paper.id)}`;
}
