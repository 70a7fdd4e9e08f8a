import { z } from 'zod';
import { DEFAULT_FUSION, FUSION_NAMES } from '../../fusion/methods.ts';
import { withFilters } from '../../matching/filters.ts';
import { oneOf } from '../../search/request.ts';
import { type Searcher, SORTS } from '../../search/searcher.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  facetsParameter,
  filterParameters,
  flagParameter,
  limitParameter,
  modeParameter,
  offsetParameter,
  optionalQueryParameter,
  rerankParameter,
} from '../parameters.ts';
import { SearchResponse } from '../schemas/search.ts';

/** The parameters of a search. */
export const SearchParameters = z.object({
  q: optionalQueryParameter,
  mode: modeParameter,
  fusion: oneOf(FUSION_NAMES).default(DEFAULT_FUSION).describe('How hybrid makes one ranking of two.'),
  limit: limitParameter,
  offset: offsetParameter,
  sort: oneOf(SORTS)
    .default('relevance')
    .describe('`date` (newest first) and `title` order the papers that facets count.'),
  facets: facetsParameter.optional(),
  explain: flagParameter.default(false).describe('Whether hits come with the reasons for their places.'),
  highlight: flagParameter.default(true).describe('Whether hits tell which words matched.'),
  plain: flagParameter.default(false).describe('Whether no sign of the query is an operator.'),
  strict: flagParameter.default(false).describe('Whether a mistyped operator is an error.'),
  secondLook: flagParameter.default(true).describe('Whether a weak answer may be replaced by a better one.'),
  rerank: rerankParameter,
  ...filterParameters,
});

/** Papers that answer a query. */
export function searchOperations(searcher: Searcher): Operation[] {
  return [
    operation({
      id: 'searchPapers',
      method: 'get',
      path: '/search',
      mount: 'both',
      tag: 'Search',
      summary: 'Papers that answer a query',
      parameters: SearchParameters,
      responses: { 200: json(SearchResponse, 'A page of the ranking.') },
      errors: ['MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query }) => {
        const { q, ...rest } = withFilters(query);
        response.json(await searcher.search({ query: q, ...rest }));
      },
    }),
  ];
}
