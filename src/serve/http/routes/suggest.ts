import { z } from 'zod';
import { json, type Operation, operation } from '../operation.ts';
import { limitParameter, queryParameter } from '../parameters.ts';
import { SuggestResponse } from '../schemas/suggest.ts';

/** Suggestions of titles, authors, keywords and identifiers. */
export function suggestOperations(): Operation[] {
  return [
    operation({
      id: 'suggest',
      method: 'get',
      path: '/suggest',
      mount: 'both',
      tag: 'Search',
      summary: 'Suggests titles, authors, keywords and identifiers for typed text',
      parameters: z.object({ q: queryParameter, limit: limitParameter }),
      responses: { 200: json(SuggestResponse, 'Suggestions, the best first.') },
      handle: async (_request, response, { query: { q, limit }, snapshot }) => {
        response.json({ query: q, suggestions: await snapshot.suggest(q, limit) });
      },
    }),
  ];
}
