import { firstDayOf, UNDATED } from '../day.ts';
import type { Paper } from '../paper.ts';

export const ATOM_TYPE = 'application/atom+xml';
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';
export const OPENSEARCH_NAMESPACE = 'http://a9.com/-/spec/opensearch/1.1/';

/**
 * The prefix of all our ids (RFC 4151). Its name is fixed and belongs to no server: with the server's own name, every
 * entry would be new to feed readers when the server moves.
 */
export const FEED_TAG = 'tag:paper-search.invalid,2026:';

/** The date of papers without one, since Atom requires a date in every entry. */
const UNKNOWN_INSTANT = '0001-01-01T00:00:00Z';

/**
 * The publication date of a paper in Atom's format (RFC 3339): midnight GMT of its day, or of the first day of its
 * month or year when the day is unknown. UNKNOWN_INSTANT for a paper without a date.
 */
export function publishedInstant(paper: Paper): string {
  const day = firstDayOf(paper);
  if (day === UNDATED) return UNKNOWN_INSTANT;
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`;
}

/** The URL of a paper's page on this server. @param base URL of the server without a final slash. */
export function paperPage(paper: Paper, base: string): string {
  return `${base}/paper/${encodeURIComponent(paper.id)}`;
}
