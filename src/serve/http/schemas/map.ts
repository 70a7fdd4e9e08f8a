import { z } from 'zod';
import { MAX_COORDINATE } from '../../../indexes/map/lay-out.ts';
import { EXAMPLE_PAPER, Paper } from './paper.ts';

const coordinate = z.int().min(0).max(MAX_COORDINATE);
const snapshot = z.string().describe('The snapshot to which positions refer. They differ between snapshots.');

/** The answer of `GET /map`. */
export const CorpusMap = z
  .object({
    snapshot,
    papers: z.int().min(0),
    clusters: z
      .array(
        z.object({
          name: z.string().describe('The value for the filter `cluster`.'),
          terms: z
            .array(z.string())
            .describe('Terms that its papers use more often than others, the most typical first.'),
          x: coordinate,
          y: coordinate,
          papers: z.int().min(0),
        }),
      )
      .describe('Areas with many papers; x and y are the densest point.'),
    venues: z.array(z.object({ value: z.string(), count: z.int() })).describe('The most frequent venues.'),
    years: z
      .object({ first: z.int(), last: z.int() })
      .optional()
      .describe('Absent when no paper has a year.'),
  })
  .meta({
    id: 'CorpusMap',
    description: 'A map of the papers: similar papers are near each other.',
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

/** The answer of `GET /map/hits`. */
export const MapHits = z
  .object({
    snapshot,
    docs: z
      .array(z.int().min(0))
      .describe('Positions of the relevant papers, the best first; at most 5,000.'),
    scores: z.array(z.number()).describe('One score per position, comparable within one answer.'),
    total: z.int().min(0).describe('Number of all relevant papers.'),
  })
  .meta({
    id: 'MapHits',
    examples: [{ snapshot: '3f2a9c0d1e4b5a67', docs: [17, 4], scores: [0.83, 0.61], total: 2 }],
  });

/** The answer of `GET /map/papers/{position}`. */
export const MapPaper = z
  .object({ snapshot, paper: Paper })
  .meta({ id: 'MapPaper', examples: [{ snapshot: '3f2a9c0d1e4b5a67', paper: EXAMPLE_PAPER }] });
