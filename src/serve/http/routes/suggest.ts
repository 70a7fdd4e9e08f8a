import { z } from 'zod';
import { json, type Operation, operation } from '../operation.ts';
import { limitParameter, queryParameter } from '../parameters.ts';
import { SuggestResponse } from '../schemas/suggest.ts';

/** Titles, authors and keywords that complete what is being typed. */
export function suggestOperations(): Operation[] {
  return [
    operation({
      id: 'suggest',
      method: 'get',
      path: '/suggest',
      mount: 'both',
      tag: 'Search',
      summary: 'Titles, authors and keywords that complete what is typed',
      parameters: z.object({ q: queryParameter, limit: limitParameter }),
      responses: { 200: json(SuggestResponse, 'Completions, the best first.') },
      handle: async (_request, response, { query: { q, limit }, snapshot }) => {
        response.json({ query: q, suggestions: await snapshot.suggest(q, limit) });
      },
    }),
  ];
}
