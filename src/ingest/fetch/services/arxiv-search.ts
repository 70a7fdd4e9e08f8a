import type { PageReading } from '../connector.ts';
import { firstDay, lastDay, type Selection } from '../selection.ts';
import { XmlPage } from '../xml-page.ts';

const PAGE_SIZE = 500;
/** The API returns no more results of a query (User's Manual, 3.1.1.2). */
const MAX_RESULTS = 30_000;
const FIRST_DAY = '1991-01-01';
const LAST_DAY = '2999-12-31';

/** A request to arXiv's search API (User's Manual, 3.1.1 and 5.1). @param cursor papers before the page. */
export function searchRequest(
  { ids, query, category, from, until }: Selection,
  cursor: string | undefined,
): URL {
  if (ids) {
    const url = new URL('https://export.arxiv.org/api/query');
    url.search = new URLSearchParams({ id_list: ids.join(','), max_results: String(ids.length) }).toString();
    return url;
  }
  const stamp = (day: string, time: string) => day.replaceAll('-', '') + time;
  const range =
    from || until
      ? `submittedDate:[${stamp(firstDay(from ?? FIRST_DAY), '0000')} TO ${stamp(lastDay(until ?? LAST_DAY), '2359')}]`
      : undefined;
  const conditions = [query && `(${query})`, category && `cat:${category}`, range];
  const url = new URL('https://export.arxiv.org/api/query');
  url.search = new URLSearchParams({
    search_query: conditions.filter(Boolean).join(' AND '),
    start: cursor ?? '0',
    max_results: String(PAGE_SIZE),
    // New papers come last, so the pages before stay as they are.
    sortBy: 'submittedDate',
    sortOrder: 'ascending',
  }).toString();
  return url;
}

/** What an Atom feed of the search API says (User's Manual, 3.3 and 3.4). */
export function readSearch(text: string, { ids, limit }: Selection, cursor: string | undefined): PageReading {
  const page = new XmlPage(text);
  if (!page.endsWith('feed')) return { kind: 'again', reason: 'an answer that is cut short or not a feed' };
  if (/<id>\s*https?:\/\/arxiv\.org\/api\/errors/.test(text)) {
    return { kind: 'refused', reason: page.element('summary')?.text ?? 'error' };
  }
  // Identifiers without a paper are counted in the total, but have no entry.
  if (ids) return { kind: 'page', papers: page.count('entry'), total: page.count('entry'), next: undefined };
  const total = Number(page.element('opensearch:totalResults')?.text ?? Number.NaN);
  if (!Number.isInteger(total)) return { kind: 'again', reason: 'a feed that does not say how many papers' };
  if (total > MAX_RESULTS && (limit ?? total) > MAX_RESULTS) {
    const reason = `${total} papers match, and its search gives ${MAX_RESULTS} at most. Narrow the dates, set --limit, or name a --category alone, which is harvested whole`;
    return { kind: 'refused', reason };
  }
  const papers = page.count('entry');
  const end = Number(cursor ?? 0) + papers;
  // The API sometimes returns an empty page that is full a moment later.
  if (papers === 0 && end < total) return { kind: 'again', reason: 'a page without the papers that are due' };
  return { kind: 'page', papers, total, next: end < total ? String(end) : undefined };
}
