import { z } from 'zod';
import { LINK_DIRECTIONS, type LinkDirection } from '../../../indexes/citations/citation-graph.ts';
import { SORT_NAMES } from '../../../papers/fields.ts';
import { oneOf } from '../../../search/request.ts';
import { json, type Operation, operation } from '../operation.ts';
import { idInPath, limitParameter, offsetParameter } from '../parameters.ts';
import { CitationsResponse, SnowballBody, SnowballResponse } from '../schemas/citations.ts';

const CitationsParameters = z.object({
  sort: oneOf(SORT_NAMES).default('date').describe('The order of the papers; `date`: the newest first.'),
  limit: limitParameter,
  offset: offsetParameter,
});

const LINKS: Readonly<Record<LinkDirection, { readonly id: string; readonly summary: string }>> = {
  references: { id: 'getReferences', summary: 'Lists the papers that a paper cites' },
  citations: { id: 'getCitations', summary: 'Lists the papers that cite a paper' },
};

/** The links of papers, and the papers that they lead to. */
export function citationOperations(): Operation[] {
  return [
    ...LINK_DIRECTIONS.map((direction) =>
      operation({
        ...LINKS[direction],
        method: 'get',
        path: `/papers/{id}/${direction}`,
        mount: 'both',
        tag: 'Papers',
        pathParameters: idInPath,
        parameters: CitationsParameters,
        responses: { 200: json(CitationsResponse, 'Papers of the index.') },
        errors: ['NOT_FOUND'],
        handle: async (_request, response, { path, query, snapshot }) => {
          response.json(await snapshot.citations(path.id, { direction, ...query }));
        },
      }),
    ),
    operation({
      id: 'snowball',
      method: 'post',
      path: '/snowball',
      mount: 'both',
      tag: 'Search',
      summary: 'Finds the papers that citations lead to from a set of papers',
      description:
        'Nearer papers come first, then those with more links to papers at the distance before, then the newer ones.',
      body: {
        kind: 'json',
        schema: SnowballBody,
        example: { ids: ['doi:10.1000/182'], direction: 'backward', depth: 1, limit: 20 },
      },
      responses: { 200: json(SnowballResponse, 'Papers of the index, without the seeds.') },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { body, snapshot }) => {
        response.json(await snapshot.snowball(body));
      },
    }),
  ];
}
