import { z } from 'zod';
import { LINK_DIRECTIONS } from '../../../indexes/citations/citation-graph.ts';
import { MAX_HITS, MAX_ID_LENGTH, MAX_IDS, MAX_OFFSET, MAX_SNOWBALL_DEPTH } from '../../../limits.ts';
import { SORT_NAMES } from '../../../papers/fields.ts';
import { SNOWBALL_DIRECTIONS } from '../../../search/citations/api.ts';
import { oneOf } from '../../../search/request.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const page = {
  total: z.int().min(0),
  limit: z.int().min(0),
  offset: z.int().min(0),
  tookMs: z.number().min(0),
};
const CITED = { ...EXAMPLE_PAPER, id: 'arxiv:2101.00001' };

/** The schema of `LinkedHit` in src/search/citations/api.ts. */
const LinkedHit = z
  .object({
    rank: z.int().min(1),
    paper: Paper,
    citations: z.int().min(0).describe('How many papers of the index cite it.'),
  })
  .meta({ id: 'LinkedHit', description: 'A paper that a paper cites, or that cites it.' });

/** The schema of `CitationsResponse` in src/search/citations/api.ts. */
export const CitationsResponse = z
  .object({
    paper: Paper,
    direction: z.enum(LINK_DIRECTIONS),
    sort: z.enum(SORT_NAMES),
    ...page,
    outside: z
      .array(z.string())
      .describe('Works that it cites and that are not in the index, by identifiers; empty for citations.'),
    hits: z.array(LinkedHit),
  })
  .meta({
    id: 'CitationsResponse',
    examples: [
      {
        paper: EXAMPLE_PAPER,
        direction: 'references',
        sort: 'date',
        total: 1,
        limit: 10,
        offset: 0,
        outside: ['doi:10.1000/77'],
        tookMs: 0.2,
        hits: [{ rank: 1, paper: CITED, citations: 12 }],
      },
    ],
  });

/** The body of `POST /snowball`. */
export const SnowballBody = z
  .object({
    ids: z
      .array(z.string().min(1).max(MAX_ID_LENGTH))
      .min(1, 'Give at least one paper to begin with.')
      .max(MAX_IDS, `Expected at most ${MAX_IDS} ids.`)
      .describe('Ids of the papers to begin with.'),
    direction: oneOf(SNOWBALL_DIRECTIONS)
      .default('both')
      .describe('Whether to follow citations to the cited papers, to the citing papers, or both.'),
    depth: z.number().int().min(1).max(MAX_SNOWBALL_DEPTH).default(1).describe('How many links to follow.'),
    limit: z.number().int().min(1).max(MAX_HITS).default(10),
    offset: z.number().int().min(0).max(MAX_OFFSET).default(0),
  })
  .meta({ id: 'SnowballRequest' });

/** The schema of `SnowballHit` in src/search/citations/api.ts. */
const SnowballHit = LinkedHit.extend({
  distance: z.int().min(1).describe('Links to the nearest seed.'),
  links: z
    .int()
    .min(1)
    .describe('Links to papers at the distance before, which are the seeds for distance 1.'),
  via: z
    .array(z.object({ id: z.string(), relation: z.enum(['cites', 'citedBy']) }))
    .describe(
      'Those links, at most 20: `cites` if the hit cites that paper, `citedBy` if that paper cites the hit.',
    ),
}).meta({ id: 'SnowballHit', description: 'A paper that citations lead to.' });

/** The schema of `SnowballResponse` in src/search/citations/api.ts. */
export const SnowballResponse = z
  .object({
    seeds: z.array(Paper),
    direction: z.enum(SNOWBALL_DIRECTIONS),
    depth: z.int().min(1),
    ...page,
    outside: z
      .array(z.object({ reference: z.string(), links: z.int().min(1).describe('Seeds that cite it.') }))
      .describe('Works that the seeds cite and that are not in the index, the most cited first.'),
    hits: z.array(SnowballHit),
  })
  .meta({
    id: 'SnowballResponse',
    examples: [
      {
        seeds: [EXAMPLE_PAPER],
        direction: 'backward',
        depth: 1,
        total: 1,
        limit: 10,
        offset: 0,
        outside: [{ reference: 'doi:10.1000/77', links: 1 }],
        tookMs: 0.3,
        hits: [
          {
            rank: 1,
            paper: CITED,
            citations: 12,
            distance: 1,
            links: 1,
            via: [{ id: EXAMPLE_PAPER.id, relation: 'citedBy' }],
          },
        ],
      },
    ],
  });
