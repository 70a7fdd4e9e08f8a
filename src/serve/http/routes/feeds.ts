import type { Request } from 'express';
import { z } from 'zod';
import { MAX_HITS } from '../../../limits.ts';
import { ATOM_TYPE } from '../../../papers/write/atom.ts';
import { SORTS } from '../../../search/api.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { rejectedNote } from '../../../search/match/rejected.ts';
import { oneOf } from '../../../search/request.ts';
import {
  browserSuggestions,
  OPENSEARCH_TYPE,
  openSearchDescription,
  SUGGESTIONS_TYPE,
} from '../../compat/feeds/opensearch.ts';
import { searchFeed } from '../../compat/feeds/search-feed.ts';
import { baseUrl } from '../base-url.ts';
import { type Operation, operation } from '../operation.ts';
import { offsetParameter, queryParameter, wholeNumber } from '../parameters.ts';
import { SearchParameters } from './search.ts';

/** Default length of a feed. */
const DEFAULT_LIMIT = 50;
/** Number of suggestions for browsers. */
const MAX_SUGGESTIONS = 8;

/** Browsers send parameters that they do not fill in as empty text. */
function emptyIsAbsent<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema);
}

const FeedParameters = SearchParameters.omit({
  relevantFirst: true,
  facets: true,
  explain: true,
  highlight: true,
}).extend({
  limit: emptyIsAbsent(wholeNumber(1, MAX_HITS).default(DEFAULT_LIMIT)).describe('Papers per page.'),
  offset: emptyIsAbsent(offsetParameter).describe('Papers to skip.'),
  sort: oneOf(SORTS).default('date').describe('`date` lists new papers first.'),
});

/** Searches as feeds, and the files with which a browser adds this server. */
export function feedOperations(): Operation[] {
  return [
    operation({
      id: 'searchFeed',
      method: 'get',
      path: '/search.atom',
      mount: 'both',
      tag: 'Search',
      summary: 'Searches papers and returns an Atom feed, new papers first',
      description:
        'Parameters are those of `/search`. The date of an entry is that of its paper at midnight GMT; papers without a date get year 0001. A paper has the same entry id in every feed of every server.',
      parameters: FeedParameters,
      responses: { 200: { description: 'The feed.', content: { [ATOM_TYPE]: undefined } } },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (request, response, { query, snapshot }) => {
        const { q, ...rest } = withFilters(query);
        const { createdAt } = await snapshot.stats();
        const { hits, total, rejectedHidden } = await snapshot.search({
          query: q,
          ...rest,
          highlight: false,
        });
        const { limit, offset } = query;
        const base = baseUrl(request);
        const asked = searchOf(request);
        const page = (at: number) =>
          `${base}${request.path}?${new URLSearchParams([...asked, ['offset', String(at)], ['limit', String(limit)]])}`;
        const feed = searchFeed({
          title: q.trim() === '' ? 'paper-search' : `paper-search: ${q}`,
          remark: rejectedHidden ? rejectedNote(rejectedHidden, 'Add rejected=show') : undefined,
          search: asked.toString(),
          papers: hits.map(({ paper }) => paper),
          total,
          offset,
          limit,
          updated: createdAt,
          base,
          links: {
            self: `${base}${request.url}`,
            alternate: `${base}/?${asked}`,
            next: offset + limit < total ? page(offset + limit) : undefined,
            previous: offset > 0 ? page(Math.max(0, offset - limit)) : undefined,
          },
        });
        response.set('Content-Type', `${ATOM_TYPE}; charset=utf-8`).send(feed);
      },
    }),
    operation({
      id: 'getOpenSearchDescription',
      method: 'get',
      path: '/opensearch.xml',
      mount: 'as-is',
      tag: 'Server',
      summary: 'Returns the OpenSearch description for browsers',
      isPublic: true,
      responses: { 200: { description: 'The description.', content: { [OPENSEARCH_TYPE]: undefined } } },
      handle: (request, response) => {
        response
          .set('Content-Type', `${OPENSEARCH_TYPE}; charset=utf-8`)
          .send(openSearchDescription(baseUrl(request)));
      },
    }),
    operation({
      id: 'getBrowserSuggestions',
      method: 'get',
      path: '/opensearch/suggestions',
      mount: 'as-is',
      tag: 'Server',
      summary: 'Returns suggestions in the format of browsers',
      parameters: z.object({ q: queryParameter }),
      responses: {
        200: {
          description: 'The typed text, then the suggestions.',
          content: { [SUGGESTIONS_TYPE]: z.tuple([z.string(), z.array(z.string())]) },
          example: ['self-imp', ['self-improvement']],
        },
      },
      handle: async (_request, response, { query: { q }, snapshot }) => {
        const suggestions = await snapshot.suggest(q, MAX_SUGGESTIONS);
        response
          .set('Content-Type', `${SUGGESTIONS_TYPE}; charset=utf-8`)
          .send(JSON.stringify(browserSuggestions(q, suggestions)));
      },
    }),
  ];
}

/** The search as sorted parameters, without `limit` and `offset`. */
function searchOf(request: Request): URLSearchParams {
  const parameters = new URL(request.originalUrl, 'http://localhost').searchParams;
  parameters.delete('offset');
  parameters.delete('limit');
  parameters.sort();
  return parameters;
}
