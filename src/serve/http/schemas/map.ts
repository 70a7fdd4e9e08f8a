import { z } from 'zod';
import { MAX_COORDINATE } from '../../../indexes/map/lay-out.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const coordinate = z.int().min(0).max(MAX_COORDINATE);
const snapshot = z.string().describe('The snapshot that positions are of. Another one may have others.');

/** What `GET /map` answers. */
export const CorpusMap = z
  .object({
    snapshot,
    papers: z.int().min(0),
    clusters: z
      .array(
        z.object({
          name: z.string().describe('What the filter `cluster` takes.'),
          terms: z
            .array(z.string())
            .describe('What its papers say more than others, the most telling first.'),
          x: coordinate,
          y: coordinate,
          papers: z.int().min(0),
        }),
      )
      .describe('Where papers lie dense; x and y are the densest place.'),
    venues: z.array(z.object({ value: z.string(), count: z.int() })).describe('The most frequent ones.'),
    years: z
      .object({ first: z.int(), last: z.int() })
      .optional()
      .describe('Absent where no paper has a year.'),
  })
  .meta({
    id: 'CorpusMap',
    description: 'A map of the papers: what is near is about the same.',
    examples: [
      {
        snapshot: '3f2a9c0d1e4b5a67',
        papers: 20_000,
        clusters: [
          {
            name: 'machine translation, quality estimation',
            terms: ['machine translation', 'quality estimation'],
            x: 40_200,
            y: 21_500,
            papers: 647,
          },
        ],
        venues: [{ value: 'ACL', count: 2310 }],
        years: { first: 1979, last: 2025 },
      },
    ],
  });

/** What `GET /map/hits` answers. */
export const MapHits = z
  .object({
    snapshot,
    docs: z
      .array(z.int().min(0))
      .describe('Positions of the relevant papers, the best first; 5,000 at most.'),
    scores: z.array(z.number()).describe('One a position. They compare within one answer.'),
    total: z.int().min(0).describe('Relevant papers, all of them.'),
  })
  .meta({
    id: 'MapHits',
    examples: [{ snapshot: '3f2a9c0d1e4b5a67', docs: [17, 4], scores: [0.83, 0.61], total: 2 }],
  });

/** What `GET /map/papers/{position}` answers. */
export const MapPaper = z
  .object({ snapshot, paper: Paper })
  .meta({ id: 'MapPaper', examples: [{ snapshot: '3f2a9c0d1e4b5a67', paper: EXAMPLE_PAPER }] });
