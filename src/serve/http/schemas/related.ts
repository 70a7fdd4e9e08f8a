import { z } from 'zod';
import { MAX_CORNERS } from '../../../indexes/map/polygon.ts';
import { HAS_VALUES } from '../../../query/ast.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { oneOf } from '../../../search/request.ts';
import { MAX_HITS, MAX_OFFSET, MAX_QUERY_LENGTH } from '../parameters.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';
import { EXAMPLE_HIT, Hit, page } from './search.ts';

/** Limit of seeds of each kind: each seed is compared with every paper. */
const MAX_SEEDS = 20;

const ids = z.array(z.string().min(1).max(1000)).max(MAX_SEEDS, `Expected at most ${MAX_SEEDS} ids.`);
const values = z.array(z.string().min(1).max(500)).max(50).optional();
const year = z.number().int().optional();

/** A pair in the document: generators write tuples in different ways. */
const PAIR = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 };

/** The filters as fields of a body. */
export const FiltersInBody = z
  .strictObject({
    year: z
      .union([z.string().max(20), z.number().int(), z.strictObject({ from: year, to: year })])
      .optional()
      .describe('A year, a range as text, or an object with the first and the last year.'),
    venue: values,
    author: values,
    keyword: values,
    area: values,
    session: values,
    has: z.array(oneOf(HAS_VALUES)).optional(),
    cluster: values,
    within: z
      .array(z.tuple([z.number(), z.number()]).meta({ json: PAIR }))
      .min(3)
      .max(MAX_CORNERS)
      .optional()
      .describe('A polygon on the map: x and y of each corner, from 0 to 65535.'),
  })
  .meta({ id: 'Filters', description: 'With several values for one filter, one of them has to match.' });

/** The body of `POST /related`. */
export const RelatedBody = z
  .object({
    positive: ids.default([]).describe('Ids of papers to find related papers for.'),
    negative: ids.default([]).describe('Ids of papers; papers similar to them rank lower.'),
    text: z
      .string()
      .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`)
      .optional()
      .describe('What else the hits should be about.'),
    mode: oneOf(SEARCH_MODES).default('hybrid'),
    limit: z.number().int().min(1).max(MAX_HITS).default(10),
    offset: z.number().int().min(0).max(MAX_OFFSET).default(0),
    filters: FiltersInBody.optional(),
  })
  .meta({ id: 'RelatedRequest' });

/** The schema of `RelatedHit` in src/search/api.ts. */
export const RelatedHit = Hit.extend({
  nearest: z
    .object({
      id: z.string().optional().describe('Absent when it is the text of the request.'),
      score: z.number().describe('1 is the score of the seed itself.'),
      sharedTerms: z.array(z.string()),
    })
    .describe('The most similar seed.'),
}).meta({ id: 'RelatedHit', description: 'A paper similar to one of the seeds.' });

/** The schema of `RelatedResponse` in src/search/api.ts. */
export const RelatedResponse = z
  .object({
    seeds: z.object({
      positive: z.array(Paper),
      negative: z.array(Paper),
      text: z.string().optional(),
    }),
    ...page,
    hits: z.array(RelatedHit),
  })
  .meta({
    id: 'RelatedResponse',
    examples: [
      {
        seeds: { positive: [EXAMPLE_PAPER], negative: [] },
        mode: 'hybrid',
        total: 41,
        limit: 1,
        offset: 0,
        tookMs: 3.1,
        hits: [
          {
            ...EXAMPLE_HIT,
            paper: { ...EXAMPLE_PAPER, id: 'arxiv:2101.00001' },
            nearest: { id: EXAMPLE_PAPER.id, score: 0.71, sharedTerms: ['self-improvement'] },
          },
        ],
      },
    ],
  });
