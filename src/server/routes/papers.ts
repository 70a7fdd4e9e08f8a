import { z } from 'zod';
import { withFilters } from '../../matching/filters.ts';
import type { Searcher } from '../../search/searcher.ts';
import { json, type Operation, operation } from '../operation.ts';
import { filterParameters, idInPath, limitParameter, modeParameter, offsetParameter } from '../parameters.ts';
import { Paper } from '../schemas/paper.ts';
import { RelatedResponse } from '../schemas/related.ts';

const RelatedParameters = z.object({
  mode: modeParameter,
  limit: limitParameter,
  offset: offsetParameter,
  ...filterParameters,
});

/** One paper, and its kin. */
export function paperOperations(searcher: Searcher): Operation[] {
  return [
    operation({
      id: 'getPaper',
      method: 'get',
      path: '/papers/{id}',
      mount: 'both',
      tag: 'Papers',
      summary: 'One paper',
      pathParameters: idInPath,
      responses: { 200: json(Paper, 'The paper.') },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { path }) => {
        response.json(await searcher.paper(path.id));
      },
    }),
    operation({
      id: 'getRelatedPapers',
      method: 'get',
      path: '/papers/{id}/related',
      mount: 'both',
      tag: 'Search',
      summary: 'Papers near to one',
      pathParameters: idInPath,
      parameters: RelatedParameters,
      responses: { 200: json(RelatedResponse, 'Its kin, the nearest first; never itself.') },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { path, query }) => {
        response.json(await searcher.related({ positive: [path.id], ...withFilters(query) }));
      },
    }),
  ];
}
