import { firstDayOf, UNDATED } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';

export const ATOM_TYPE = 'application/atom+xml';
export const ATOM_NAMESPACE = 'http://www.w3.org/2005/Atom';
export const OPENSEARCH_NAMESPACE = 'http://a9.com/-/spec/opensearch/1.1/';

/** Stands for a date that is not known, since Atom wants one in every entry: no paper is of the year 1. */
const UNKNOWN_INSTANT = '0001-01-01T00:00:00Z';

/**
 * When a paper was published, as Atom has it (RFC 3339): midnight in GMT of its date, of the first day of its month or
 * year where no more is known. UNKNOWN_INSTANT for none.
 */
export function publishedInstant(paper: Paper): string {
  const day = firstDayOf(paper);
  if (day === UNDATED) return UNKNOWN_INSTANT;
  const digits = String(day).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`;
}

/** The address of a paper's page on this server. @param base of the server, without a slash at its end. */
export function paperPage(paper: Paper, base: string): string {
  return `${base}/paper/${encodeURIComponent(paper.id)}`;
}
