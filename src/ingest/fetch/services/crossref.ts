import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { readJsonPage } from '../json-page.ts';
import { daysBefore, firstDay, ISSN, lastDay } from '../selection.ts';

const PAGE_SIZE = 500;

/** What readers use of a work, and what distinguishes it from other records. */
const FIELDS = [
  'DOI',
  'prefix',
  'indexed',
  'type',
  'title',
  'abstract',
  'author',
  'container-title',
  'event',
  'issued',
  'published',
  'subject',
  'URL',
  'link',
  'reference',
];

const response = z.object({
  message: z.object({
    'total-results': z.number().nullish(),
    'next-cursor': z.string().nullish(),
    items: z.array(z.unknown()),
  }),
});

/**
 * Works of the Crossref REST API, by cursor. Lists are answered once a second in the public pool, three times
 * for users who say who they are
 * (https://community.crossref.org/t/refining-rest-api-limits-for-improved-stability-and-reliability/16137).
 */
export const crossrefConnector: Connector = {
  title: 'Crossref',
  prefixes: ['https://api.crossref.org/'],
  intervalMs: 1000,
  timeoutMs: 120_000,
  contentType: /\bjson\b/i,
  fileEnding: 'json',
  asksForContact: true,
  hints: {},
  takes: ['ids', 'query', 'venue', 'from', 'until', 'changedSince', 'withAbstract', 'limit'],
  // A cursor is forgotten after five minutes, and may give the page after the one that was lost.
  resumable: false,
  exactTotals: true,
  objection: ({ ids, query, venue, from, until, changedSince }) =>
    ids || query || venue || changedSince || (from && until)
      ? undefined
      : 'Say what: --query, --ids (DOIs), --venue (a title or an ISSN), --changed-since, or both --from and --until.',
  request: ({ ids, query, venue, from, until, changedSince, withAbstract }, cursor) => {
    const issn = venue && ISSN.test(venue) ? venue : undefined;
    const filters = [
      // Several values of one filter are alternatives.
      ...(ids ?? []).map((doi) => `doi:${doi}`),
      issn && `issn:${issn}`,
      from && `from-pub-date:${firstDay(from)}`,
      until && `until-pub-date:${lastDay(until)}`,
      changedSince && `from-index-date:${changedSince}`,
      withAbstract && 'has-abstract:true',
    ].filter(Boolean);
    const url = new URL('https://api.crossref.org/works');
    url.search = new URLSearchParams({
      ...(query ? { query } : {}),
      ...(venue && !issn ? { 'query.container-title': venue } : {}),
      ...(filters.length > 0 ? { filter: filters.join(',') } : {}),
      select: FIELDS.join(','),
      rows: String(PAGE_SIZE),
      cursor: cursor ?? '*',
    }).toString();
    return url;
  },
  read: (text) =>
    readJsonPage(text, response, ({ message }) => ({
      kind: 'page',
      papers: message.items.length,
      total: message['total-results'] ?? undefined,
      // There is a next cursor after the last page too.
      next: message.items.length === PAGE_SIZE ? (message['next-cursor'] ?? undefined) : undefined,
    })),
  since: (selection, day) => (selection.ids ? undefined : { ...selection, changedSince: daysBefore(day, 1) }),
};
