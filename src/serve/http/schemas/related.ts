import { z } from 'zod';
import { MAX_HITS, MAX_ID_LENGTH, MAX_OFFSET, MAX_QUERY_LENGTH, MAX_SEEDS } from '../../../limits.ts';
import { FACETS } from '../../../papers/fields.ts';
import { SORTS } from '../../../search/api.ts';
import { filtersInJson } from '../../../search/match/filter-schemas.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES, REJECTED_DESCRIPTION } from '../../../search/match/rejected.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { oneOf } from '../../../search/request.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';
import { Confidence, EXAMPLE_HIT, FacetCounts, Hit, page } from './search.ts';

const ids = z
  .array(z.string().min(1).max(MAX_ID_LENGTH))
  .max(MAX_SEEDS, `Expected at most ${MAX_SEEDS} ids.`);

/** The filters as fields of a body. */
export const FiltersInBody = filtersInJson.meta({
  id: 'Filters',
  description:
    'Conditions that every hit must meet. With several values for one filter, one of them has to match.',
});

/** What the order and the facets of related papers are, for the document. */
export const RELATED_SORT =
  'The order of hits: the most similar first. The other orders sort the relevant papers only, which facets count.';
export const RELATED_FACETS = 'Facets whose values are counted over the relevant papers.';

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
    rejected: oneOf(REJECTED_CHOICES).default(DEFAULT_REJECTED).describe(REJECTED_DESCRIPTION),
    sort: oneOf(SORTS).default('relevance').describe(RELATED_SORT),
    facets: z.array(oneOf(FACETS)).optional().describe(RELATED_FACETS),
  })
  .meta({ id: 'RelatedRequest' });

/** The schema of `RelatedHit` in src/search/api.ts. */
export const RelatedHit = Hit.extend({
  confidence: Confidence.describe('How relevant the paper is: the relevant ones are strong or weak.'),
  nearest: z
    .object({
      id: z.string().optional().describe('Absent when it is the text of the request.'),
      score: z.number().describe("1 is the score of the seed's own text; links add up to 0.8."),
      sharedTerms: z.array(z.string()),
      links: z
        .object({
          cites: z.boolean().describe('Whether the hit cites the seed.'),
          citedBy: z.boolean().describe('Whether the seed cites the hit.'),
          citedTogether: z.int().min(0).describe('Papers of the index that cite both.'),
          sharedReferences: z.int().min(0).describe('Works that both cite.'),
        })
        .optional()
        .describe('The links between both; absent in other modes than `hybrid`, and if there are none.'),
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
    total: page.total.describe(
      'Number of papers in the whole order; every one can be reached by paging. In other orders than relevance, the relevant papers.',
    ),
    confidence: Confidence,
    relevant: z
      .int()
      .min(0)
      .describe(
        'How many papers are at least weakly relevant. In the order by relevance, they are the first ones.',
      ),
    facets: FacetCounts.optional().describe('Only with `facets`.'),
    hits: z.array(RelatedHit),
  })
  .meta({
    id: 'RelatedResponse',
    examples: [
      {
        seeds: { positive: [EXAMPLE_PAPER], negative: [] },
        mode: 'hybrid',
        confidence: { level: 'strong', score: 0.71 },
        total: 41,
        relevant: 12,
        limit: 1,
        offset: 0,
        tookMs: 3.1,
        hits: [
          {
            ...EXAMPLE_HIT,
            score: 0.71,
            confidence: { level: 'strong', score: 0.71 },
            paper: { ...EXAMPLE_PAPER, id: 'arxiv:2101.00001' },
            nearest: { id: EXAMPLE_PAPER.id, score: 0.71, sharedTerms: ['self-improvement'] },
          },
        ],
      },
    ],
  });
