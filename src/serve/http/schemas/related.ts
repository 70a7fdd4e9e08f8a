import { z } from 'zod';
import {
  MAX_CORNERS,
  MAX_FILTER_VALUES,
  MAX_HITS,
  MAX_ID_LENGTH,
  MAX_OFFSET,
  MAX_QUERY_LENGTH,
  MAX_RANGE_LENGTH,
  MAX_SEEDS,
  MAX_VALUE_LENGTH,
} from '../../../limits.ts';
import { HAS_VALUES } from '../../../papers/fields.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { oneOf } from '../../../search/request.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';
import { EXAMPLE_HIT, Hit, page } from './search.ts';

const ids = z
  .array(z.string().min(1).max(MAX_ID_LENGTH))
  .max(MAX_SEEDS, `Expected at most ${MAX_SEEDS} ids.`);
const values = z.array(z.string().min(1).max(MAX_VALUE_LENGTH)).max(MAX_FILTER_VALUES).optional();
const year = z.number().int().optional();

/** How the document prints a pair: lists of a fixed length are written in several ways. */
const PAIR = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 };

/** The filters as fields of a body. */
export const FiltersInBody = z
  .strictObject({
    year: z
      .union([z.string().max(MAX_RANGE_LENGTH), z.number().int(), z.strictObject({ from: year, to: year })])
      .optional()
      .describe('A year, a range as text, or the first and the last year.'),
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
  .meta({ id: 'Filters', description: 'Of several values of one filter, one is enough.' });

/** The body of `POST /related`. */
export const RelatedBody = z
  .object({
    positive: ids.default([]).describe('Papers whose kin are looked for.'),
    negative: ids.default([]).describe('Papers whose kin are not wanted.'),
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

/** As `RelatedHit` of src/search/searcher.ts. */
export const RelatedHit = Hit.extend({
  nearest: z
    .object({
      id: z.string().optional().describe('Absent for the text of the request.'),
      score: z.number().describe('1 is the seed itself.'),
      sharedTerms: z.array(z.string()),
    })
    .describe('The seed that it is nearest to.'),
}).meta({ id: 'RelatedHit', description: 'A paper near to one of the seeds.' });

/** As `RelatedResponse` of src/search/searcher.ts. */
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
