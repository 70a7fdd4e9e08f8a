import { z } from 'zod';
import { MAX_HITS } from '../../../limits.ts';
import type { Paper } from '../../../papers/paper.ts';
import { type RelatedResponse, SORTS } from '../../../search/api.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { oneOf } from '../../../search/request.ts';
import { firstWords } from '../../../text/shorten.ts';
import {
  browserSuggestions,
  OPENSEARCH_TYPE,
  openSearchDescription,
  SUGGESTIONS_TYPE,
} from '../../compat/feeds/opensearch.ts';
import { baseUrl } from '../base-url.ts';
import { type Operation, operation } from '../operation.ts';
import { offsetParameter, queryParameter, wholeNumber } from '../parameters.ts';
import { afterParameter, FEED_RESPONSE, sendFeed } from '../send-feed.ts';
import { relatedRequestOf, SeedParameters } from './related.ts';
import { SearchParameters } from './search.ts';

/** Default length of a feed. */
const DEFAULT_LIMIT = 50;
/** Length of the titles of seeds in the title of a feed, in UTF-16 code units. */
const MAX_TITLE = 80;
/** Number of suggestions for browsers. */
const MAX_SUGGESTIONS = 8;

/** Browsers send parameters that they do not fill in as empty text. */
function emptyIsAbsent<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema);
}

const PAGE = {
  limit: emptyIsAbsent(wholeNumber(1, MAX_HITS).default(DEFAULT_LIMIT)).describe('Papers per page.'),
  offset: emptyIsAbsent(offsetParameter).describe('Papers to skip.'),
  after: afterParameter
    .optional()
    .describe(
      'Begins after a paper of the page before, where `sort` is `added`. Links to the next page have it: it is the same place after papers came in.',
    ),
  sort: oneOf(SORTS)
    .default('added')
    .describe('`added` lists the latest arrivals first, `date` the latest publications.'),
};

const FeedParameters = SearchParameters.omit({
  facets: true,
  explain: true,
  highlight: true,
  relevantFirst: true,
}).extend(PAGE);

const RelatedFeedParameters = SeedParameters.omit({ facets: true }).extend(PAGE);

const ABOUT_FEEDS =
  'Entries have the time at which their paper last changed in the index, and its date of publication if it is known. A paper has the same entry id in every feed of every server. Pages are linked as in RFC 5005; whoever follows the links to the next page gets every paper, also if others come in meanwhile. Browsers get a page that says what a feed is.';

/** Searches and sets of papers as feeds, and the files with which a browser adds this server. */
export function feedOperations(): Operation[] {
  return [
    operation({
      id: 'searchFeed',
      method: 'get',
      path: '/search.atom',
      mount: 'both',
      tag: 'Search',
      summary: 'Searches papers and returns an Atom feed, the latest arrivals first',
      description: `Parameters are those of \`/search\`. With a query, the feed has the relevant papers: those that facets count. ${ABOUT_FEEDS}`,
      parameters: FeedParameters,
      responses: { 200: FEED_RESPONSE },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (request, response, { query, snapshot }) => {
        const { q, ...rest } = withFilters(query);
        const { createdAt } = await snapshot.stats();
        const answer = await snapshot.search({ query: q, ...rest, highlight: false });
        const { hits, total, offset, limit, rejectedHidden } = answer;
        sendFeed(request, response, {
          kind: 'search',
          title: q.trim() === '' ? 'paper-search' : `paper-search: ${q}`,
          papers: hits.map(({ paper }) => paper),
          total,
          offset,
          limit,
          hidden: rejectedHidden,
          byArrival: query.sort === 'added',
          updated: createdAt,
        });
      },
    }),
    operation({
      id: 'relatedFeed',
      method: 'get',
      path: '/related.atom',
      mount: 'both',
      tag: 'Search',
      summary: 'Returns papers related to a set of papers as an Atom feed, the latest arrivals first',
      description: `Parameters are those of \`GET /related\`. The feed has the relevant papers. ${ABOUT_FEEDS}`,
      parameters: RelatedFeedParameters,
      responses: { 200: FEED_RESPONSE },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (request, response, { query, snapshot }) => {
        const { after, ...rest } = query;
        const { createdAt } = await snapshot.stats();
        const answer = await snapshot.related({ ...relatedRequestOf(rest), after });
        const { hits, total, offset, limit, rejectedHidden, seeds } = answer;
        sendFeed(request, response, {
          kind: 'related',
          title: `paper-search: ${describedSeeds(seeds)}`,
          papers: hits.map(({ paper }) => paper),
          total,
          offset,
          limit,
          hidden: rejectedHidden,
          byArrival: query.sort === 'added',
          updated: createdAt,
        });
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

/** What related papers are related to, as a title. */
function describedSeeds({ positive, negative, text }: RelatedResponse['seeds']): string {
  const titles = (papers: readonly Paper[]) =>
    papers.map(({ title }) => `“${firstWords(title, MAX_TITLE)}”`).join(', ');
  return [
    ...(positive.length > 0 ? [`like ${titles(positive)}`] : []),
    ...(negative.length > 0 ? [`unlike ${titles(negative)}`] : []),
    ...(text === undefined ? [] : [text]),
  ].join('; ');
}
