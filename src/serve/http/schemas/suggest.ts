import { z } from 'zod';

/** The schema of `Suggestion` in src/search/suggest/values.ts. */
export const Suggestion = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('title'), text: z.string(), id: z.string().describe('Id of the paper.') }),
    z.object({
      kind: z.literal('identifier'),
      text: z.string().describe('An identifier of the paper that begins with the typed text.'),
      id: z.string().describe('Id of the paper.'),
      title: z.string().describe('Title of the paper.'),
    }),
    z.object({
      kind: z.enum(['author', 'keyword']),
      text: z.string(),
      count: z.int().describe('Number of papers that have it.'),
    }),
  ])
  .meta({ id: 'Suggestion' });

/** The answer of `GET /suggest`. */
export const SuggestResponse = z.object({ query: z.string(), suggestions: z.array(Suggestion) }).meta({
  id: 'SuggestResponse',
  examples: [
    {
      query: 'self',
      suggestions: [
        { kind: 'title', text: 'Self-Improvement Without a Teacher', id: 'doi:10.1000/182' },
        { kind: 'keyword', text: 'self-improvement', count: 12 },
      ],
    },
  ],
});
