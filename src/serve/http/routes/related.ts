import { json, type Operation, operation } from '../operation.ts';
import { RelatedBody, RelatedResponse } from '../schemas/related.ts';

/** Papers related to several papers and unlike others. */
export function relatedOperations(): Operation[] {
  return [
    operation({
      id: 'findRelatedPapers',
      method: 'post',
      path: '/related',
      mount: 'both',
      tag: 'Search',
      summary: 'Finds papers related to several papers and unlike others',
      body: {
        kind: 'json',
        schema: RelatedBody,
        example: { positive: ['doi:10.1000/182'], negative: [], text: 'without a teacher', limit: 5 },
      },
      responses: { 200: json(RelatedResponse, 'Related papers, the most similar first, without the seeds.') },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { body, snapshot }) => {
        response.json(await snapshot.related(body));
      },
    }),
  ];
}
