import { z } from 'zod';
import { BASE_PAPER_FIELDS, DEFAULT_PAPER_FIELDS } from '../../compat/semantic-scholar/field-names.ts';
import { selectFields } from '../../compat/semantic-scholar/field-selection.ts';
import { recommend } from '../../compat/semantic-scholar/recommendations.ts';
import { type Operation, operation } from '../operation.ts';
import { RECOMMENDATION_EXAMPLE } from './examples.ts';
import { fieldsParameter, pageParameters } from './parameters.ts';
import { answers, COMMON, send } from './respond.ts';
import { RecommendationResponse } from './schemas.ts';

const { limit } = pageParameters(500, 100);
const ids = z.array(z.string()).nullish();

/** The recommendation routes of Semantic Scholar's API. */
export function semanticScholarRecommendations(): Operation[] {
  return [
    operation({
      ...COMMON,
      id: 'semanticScholarRecommendationsForPaper',
      method: 'get',
      path: '/recommendations/v1/papers/forpaper/{id}',
      expressPath: /^\/recommendations\/v1\/papers\/forpaper\/(?<id>.+)$/,
      summary: 'Recommends papers similar to one paper',
      pathParameters: z.object({ id: z.string() }),
      parameters: z.object({
        fields: fieldsParameter,
        limit,
        from: z
          .enum(['recent', 'all-cs'])
          .default('recent')
          .describe('Accepted for compatibility: both mean all papers of this server.'),
      }),
      responses: answers(RecommendationResponse, 'The most similar first.', RECOMMENDATION_EXAMPLE),
      handle: async (_request, response, { path, query, snapshot }) => {
        const selection = selectFields(query.fields, BASE_PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        const request = { positive: [path.id], negative: [], limit: query.limit, selection };
        send(response, await recommend(request, snapshot));
      },
    }),
    operation({
      ...COMMON,
      id: 'semanticScholarRecommendations',
      method: 'post',
      path: '/recommendations/v1/papers/',
      expressPath: /^\/recommendations\/v1\/papers\/?$/,
      summary: 'Recommends papers similar to some papers and unlike others',
      parameters: z.object({ fields: fieldsParameter, limit }),
      body: {
        kind: 'json',
        schema: z.object({ positivePaperIds: ids, negativePaperIds: ids }),
        example: { positivePaperIds: ['DOI:10.1000/182'], negativePaperIds: null },
      },
      responses: answers(RecommendationResponse, 'The most similar first.', RECOMMENDATION_EXAMPLE),
      handle: async (_request, response, { query, body, snapshot }) => {
        const selection = selectFields(query.fields, BASE_PAPER_FIELDS, DEFAULT_PAPER_FIELDS);
        const request = {
          positive: body.positivePaperIds ?? [],
          negative: body.negativePaperIds ?? [],
          limit: query.limit,
          selection,
        };
        send(response, await recommend(request, snapshot));
      },
    }),
  ];
}
