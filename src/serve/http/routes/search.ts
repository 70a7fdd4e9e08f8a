import { z } from 'zod';
import { EXPORT_FORMAT_NAMES } from '../../../papers/write/formats.ts';
import { SORTS } from '../../../search/api.ts';
import { DEFAULT_FUSION, FUSION_NAMES } from '../../../search/fuse/methods.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { oneOf } from '../../../search/request.ts';
import { type Operation, operation } from '../operation.ts';
import {
  facetsParameter,
  filterParameters,
  flagParameter,
  limitParameter,
  modeParameter,
  offsetParameter,
  optionalQueryParameter,
  rejectedParameter,
  rerankParameter,
} from '../parameters.ts';
import { SearchResponse } from '../schemas/search.ts';
import { acceptedFormat, EXPORT_CONTENT, LEFT_OUT, sendExport } from '../send-export.ts';

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
  fallback: flagParameter
    .optional()
    .describe('Whether an answer that is not strong may be replaced by a better one. Default: true.'),
  secondLook: flagParameter.optional().describe('Use `fallback`.').meta({ deprecated: true }),
  rerank: rerankParameter,
  rejected: rejectedParameter,
  ...filterParameters,
});

const formatParameter = oneOf(EXPORT_FORMAT_NAMES)
  .optional()
  .describe('What is answered, whatever the header Accept says; `json` is the ranking.');

/** Papers that answer a query. */
export function searchOperations(): Operation[] {
  return [
    operation({
      id: 'searchPapers',
      method: 'get',
      path: '/search',
      mount: 'both',
      tag: 'Search',
      summary: 'Papers that answer a query',
      parameters: SearchParameters.extend({ format: formatParameter }),
      responses: {
        200: {
          description:
            'A page of the ranking. In the formats of exports, its papers alone; rejected submissions that are hidden are then counted in the header Papers-Left-Out: rejected=1.',
          content: { 'application/json': SearchResponse, ...EXPORT_CONTENT },
        },
      },
      errors: ['NOT_ACCEPTABLE', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (request, response, { query, snapshot }) => {
        const { q, format: wanted, ...rest } = withFilters(query);
        const format = wanted ?? acceptedFormat(request, response);
        const answer = await snapshot.search({ query: q, ...rest });
        if (format === 'json') response.json(answer);
        else {
          if (answer.rejectedHidden) response.set(LEFT_OUT, `rejected=${answer.rejectedHidden}`);
          sendExport(
            response,
            answer.hits.map(({ paper }) => paper),
            format,
          );
        }
      },
    }),
  ];
}
