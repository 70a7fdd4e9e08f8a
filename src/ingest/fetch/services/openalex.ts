import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { readJsonPage } from '../json-page.ts';
import { daysBefore, firstDay, ISSN, lastDay } from '../selection.ts';

const PAGE_SIZE = 100;
/** How long after its publication a work may come into OpenAlex. */
const DELAY_DAYS = 30;

const FIELDS = [
  'id',
  'doi',
  'title',
  'display_name',
  'publication_year',
  'publication_date',
  'type',
  'language',
  'authorships',
  'primary_location',
  'open_access',
  'topics',
  'keywords',
  'abstract_inverted_index',
  'referenced_works',
];

const response = z.object({
  meta: z.object({ count: z.number().nullish(), next_cursor: z.string().nullish() }),
  results: z.array(z.unknown()),
});

/**
 * OpenAlex works, by cursor. Requests are paid for out of a daily budget, small without a key and ten times as
 * large with a free one (https://help.openalex.org/how-to-use-the-api/rate-limits-and-authentication).
 */
export const openAlexConnector: Connector = {
  title: 'OpenAlex',
  prefixes: ['https://api.openalex.org/'],
  intervalMs: 1000,
  timeoutMs: 120_000,
  contentType: /\bjson\b/i,
  fileEnding: 'json',
  asksForContact: true,
  key: { variable: 'OPENALEX_API_KEY', header: 'authorization', scheme: 'Bearer' },
  hints: {
    401: 'Set OPENALEX_API_KEY to a key of your account; it is free',
    403: 'Set OPENALEX_API_KEY to a key of your account; it is free',
    429: 'A free key in OPENALEX_API_KEY has ten times the daily budget',
  },
  takes: ['ids', 'query', 'category', 'venue', 'from', 'until', 'withAbstract', 'limit'],
  resumable: true,
  exactTotals: true,
  objection: ({ ids, query, category, venue, from, until }) => {
    if (ids && new Set(ids.map(kindOf)).size > 1)
      return 'Expected --ids of one kind: DOIs, W2741809807 or pmid:123.';
    if (venue && !/^S\d+$/.test(venue) && !ISSN.test(venue)) {
      return `Expected a source of OpenAlex (S137773608) or an ISSN for --venue, got "${venue}".`;
    }
    if (category && !/^T\d+$/.test(category)) {
      return `Expected a topic of OpenAlex (T10028) for --category, got "${category}".`;
    }
    return ids || query || category || venue || (from && until)
      ? undefined
      : 'Say what: --query, --ids, --category, --venue, or both --from and --until.';
  },
  request: ({ ids, query, category, venue, from, until, withAbstract }, cursor) => {
    const source = venue && `primary_location.source.${ISSN.test(venue) ? 'issn' : 'id'}:${venue}`;
    const filters = [
      ids && `${kindOf(ids[0]!)}:${ids.map((id) => id.replace(/^pmid:/, '')).join('|')}`,
      category && `primary_topic.id:${category}`,
      source,
      from && `from_publication_date:${firstDay(from)}`,
      until && `to_publication_date:${lastDay(until)}`,
      withAbstract && 'has_abstract:true',
    ].filter(Boolean);
    const url = new URL('https://api.openalex.org/works');
    url.search = new URLSearchParams({
      ...(query ? { search: query } : {}),
      ...(filters.length > 0 ? { filter: filters.join(',') } : {}),
      select: FIELDS.join(','),
      'per-page': String(PAGE_SIZE),
      cursor: cursor ?? '*',
    }).toString();
    return url;
  },
  read: (text) =>
    readJsonPage(text, response, ({ meta, results }) => ({
      kind: 'page',
      papers: results.length,
      total: meta.count ?? undefined,
      next: results.length > 0 ? (meta.next_cursor ?? undefined) : undefined,
    })),
  // Filters by the day of entry are for paying users only, so recent publications are asked for again.
  since: (selection, day) => {
    if (selection.ids) return undefined;
    const from = daysBefore(day, DELAY_DAYS);
    const given = selection.from && firstDay(selection.from);
    return { ...selection, from: given && given > from ? given : from };
  },
};

/** The filter that finds works by an identifier. */
function kindOf(id: string): 'doi' | 'openalex' | 'pmid' {
  return /^pmid:/.test(id) ? 'pmid' : /^W\d+$/.test(id) ? 'openalex' : 'doi';
}
