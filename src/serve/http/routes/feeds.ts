import type { Request } from 'express';
import { z } from 'zod';
import { MAX_HITS } from '../../../limits.ts';
import { SORTS } from '../../../search/api.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { oneOf } from '../../../search/request.ts';
import { ATOM_TYPE } from '../../compat/feeds/atom.ts';
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

/** Hits of a feed where nothing is said. */
const USUAL_LIMIT = 50;
/** Suggestions that a browser shows. */
const MAX_SUGGESTIONS = 8;

/** A parameter that a browser leaves empty when it has nothing for it is as if it was not there. */
function emptyIsAbsent<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema);
}

const FeedParameters = SearchParameters.omit({ facets: true, explain: true, highlight: true }).extend({
  limit: emptyIsAbsent(wholeNumber(1, MAX_HITS).default(USUAL_LIMIT)).describe('Papers of a page.'),
  offset: emptyIsAbsent(offsetParameter).describe('Papers to pass over first.'),
  sort: oneOf(SORTS).default('date').describe('`date` has new papers first.'),
});

/** A search to subscribe to, and what lets a browser add this server. */
export function feedOperations(): Operation[] {
  return [
    operation({
      id: 'searchFeed',
      method: 'get',
      path: '/search.atom',
      mount: 'both',
      tag: 'Search',
      summary: 'A search as a feed to subscribe to, new papers first',
      description:
        'Takes what `/search` takes. An entry has the date of its paper, at midnight GMT; one without a date has the year 1. Ids of entries stay the same in every feed of every server.',
      parameters: FeedParameters,
      responses: { 200: { description: 'The feed.', content: { [ATOM_TYPE]: undefined } } },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (request, response, { query, snapshot }) => {
        const { q, ...rest } = withFilters(query);
        const { createdAt } = await snapshot.stats();
        const { hits, total } = await snapshot.search({ query: q, ...rest, highlight: false });
        const { limit, offset } = query;
        const base = baseUrl(request);
        const asked = searchOf(request);
        const page = (at: number) =>
          `${base}${request.path}?${new URLSearchParams([...asked, ['offset', String(at)], ['limit', String(limit)]])}`;
        const feed = searchFeed({
          title: q.trim() === '' ? 'paper-search' : `paper-search: ${q}`,
          search: asked.toString(),
          papers: hits.map(({ paper }) => paper),
          total,
          offset,
          limit,
          updated: createdAt,
          base,
          links: {
            self: `${base}${request.originalUrl}`,
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
      summary: 'What a browser has to know to search here',
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
      summary: 'Completions as browsers read them',
      parameters: z.object({ q: queryParameter }),
      responses: {
        200: {
          description: 'What was typed, then what it may become.',
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

/** What was searched, in a fixed order, without the page of it. */
function searchOf(request: Request): URLSearchParams {
  const parameters = new URL(request.originalUrl, 'http://localhost').searchParams;
  parameters.delete('offset');
  parameters.delete('limit');
  parameters.sort();
  return parameters;
}
