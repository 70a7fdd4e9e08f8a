import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { readJsonPage } from '../json-page.ts';

const FIELDS = [
  'corpusId',
  'externalIds',
  'url',
  'title',
  'abstract',
  'venue',
  'year',
  'publicationDate',
  'journal',
  'authors',
  's2FieldsOfStudy',
  'openAccessPdf',
];

const response = z
  .object({
    total: z.number(),
    token: z.string().nullish(),
    data: z.array(z.unknown()).nullish(),
  })
  // An empty answer may leave its list out, no other.
  .refine(({ total, data }) => total === 0 || data);

/**
 * Semantic Scholar, by the bulk search of its Graph API: up to 1,000 papers a page. With a key one request a
 * second (https://www.semanticscholar.org/product/api); without one, all clients share what is left.
 */
export const semanticScholarConnector: Connector = {
  title: 'Semantic Scholar',
  prefixes: ['https://api.semanticscholar.org/graph/v1/'],
  intervalMs: 1500,
  timeoutMs: 120_000,
  contentType: /\bjson\b/i,
  fileEnding: 'json',
  asksForContact: false,
  key: { variable: 'SEMANTIC_SCHOLAR_API_KEY', header: 'x-api-key' },
  hints: {
    401: 'Semantic Scholar does not take this SEMANTIC_SCHOLAR_API_KEY',
    403: 'Semantic Scholar does not take this SEMANTIC_SCHOLAR_API_KEY',
    429: 'Without a key in SEMANTIC_SCHOLAR_API_KEY it is often busy',
  },
  takes: ['query', 'category', 'venue', 'from', 'until', 'limit'],
  resumable: true,
  exactTotals: false,
  objection: ({ query }) => (query ? undefined : 'Say what: --query (words in titles and abstracts).'),
  request: ({ query, category, venue, from, until }, cursor) => {
    const url = new URL('https://api.semanticscholar.org/graph/v1/paper/search/bulk');
    url.search = new URLSearchParams({
      query: query ?? '',
      fields: FIELDS.join(','),
      sort: 'paperId:asc',
      ...(category ? { fieldsOfStudy: category } : {}),
      ...(venue ? { venue } : {}),
      ...(from || until ? { publicationDateOrYear: `${from ?? ''}:${until ?? ''}` } : {}),
      ...(cursor !== undefined ? { token: cursor } : {}),
    }).toString();
    return url;
  },
  read: (text) =>
    readJsonPage(text, response, ({ total, token, data }) => {
      const papers = data?.length ?? 0;
      const next = papers > 0 ? (token ?? undefined) : undefined;
      return { kind: 'page', papers, total, next };
    }),
  // It can filter by the date of publication, not by the date a paper was added.
  since: () => undefined,
};
