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
  rerankParameters,
} from '../parameters.ts';
import { SearchResponse } from '../schemas/search.ts';
import { acceptedFormat, EXPORT_CONTENT, LEFT_OUT, sendExport } from '../send-export.ts';

/** The parameters of a search. */
export const SearchParameters = z.object({
  q: optionalQueryParameter,
  mode: modeParameter,
  fusion: oneOf(FUSION_NAMES)
    .default(DEFAULT_FUSION)
    .describe('How mode `hybrid` combines the keyword and the semantic ranking.'),
  limit: limitParameter,
  offset: offsetParameter,
  sort: oneOf(SORTS)
    .default('relevance')
    .describe(
      'The order of hits. `date` (newest first), `added` (latest arrivals first), `citations` and `title` sort the papers that facets count: the relevant ones.',
    ),
  relevantFirst: flagParameter
    .default(false)
    .describe(
      'Whether the relevant papers come before all others, both in the order of the ranking. `relevant` of the answer says how many they are.',
    ),
  facets: facetsParameter.optional(),
  explain: flagParameter.default(false).describe('Whether each hit explains its rank.'),
  highlight: flagParameter.default(true).describe('Whether hits contain the matched words.'),
  plain: flagParameter.default(false).describe('Whether operators in the query are read as text.'),
  strict: flagParameter.default(false).describe('Whether a mistyped operator is an error.'),
  fallback: flagParameter
    .optional()
    .describe(
      'Whether a search without a strong answer tries corrected spelling, or compares sentences. Default: true.',
    ),
  secondLook: flagParameter.optional().describe('Use `fallback`.').meta({ deprecated: true }),
  ...rerankParameters,
  rejected: rejectedParameter,
  ...filterParameters,
});

const formatParameter = oneOf(EXPORT_FORMAT_NAMES)
  .optional()
  .describe('The format of the answer; overrides the header `Accept`. `json` is the ranking.');

/** Search. */
export function searchOperations(): Operation[] {
  return [
    operation({
      id: 'searchPapers',
      method: 'get',
      path: '/search',
      mount: 'both',
      tag: 'Search',
      summary: 'Searches papers',
      parameters: SearchParameters.extend({ format: formatParameter }),
      responses: {
        200: {
          description:
            'A page of the ranking. Export formats contain only the papers, and the header Papers-Left-Out then counts the rejected submissions that are hidden: rejected=3.',
          content: { 'application/json': SearchResponse },
          alternatives: EXPORT_CONTENT,
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
