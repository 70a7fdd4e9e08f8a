import { z } from 'zod';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { Encoded } from './encoded.ts';
import { LibraryState } from './libraries.ts';

/** The answer of `GET /`. */
export const Overview = z
  .object({ name: z.literal('paper-search'), version: z.string(), routes: z.record(z.string(), z.string()) })
  .meta({
    id: 'Overview',
    examples: [
      {
        name: 'paper-search',
        version: '0.1.0',
        routes: { 'GET /v1/stats': 'Returns statistics of the index' },
      },
    ],
  });

const AllLibraries = z
  .array(LibraryState)
  .optional()
  .describe('All libraries, on a server with several. The other fields are those of the default one.');

/** The answer of `GET /health`. */
export const Health = z
  .object({
    status: z.literal('ok'),
    version: z.string(),
    snapshot: z.string().optional().describe('The current snapshot; absent with an `error`.'),
    papers: z.int().min(0).optional(),
    encoded: Encoded.optional(),
    error: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe('Why the papers cannot be read now: the cluster that has them does not answer.'),
    libraries: AllLibraries,
  })
  .meta({
    id: 'Health',
    examples: [{ status: 'ok', version: '0.1.0', snapshot: '20261122T101500-3f2a', papers: 6 }],
  });

/** The answer of `GET /ready`. */
export const Ready = z
  .object({
    status: z.literal('ready'),
    snapshot: z.string().describe('The current snapshot.'),
    papers: z.int().min(0),
    encoded: Encoded.optional(),
    libraries: AllLibraries,
  })
  .meta({ id: 'Ready', examples: [{ status: 'ready', snapshot: '20261122T101500-3f2a', papers: 6 }] });

const Figures = z
  .object({ queries: z.int(), default: z.number(), tuned: z.number(), p: z.number() })
  .describe('Mean reciprocal ranks, and the p-value of their difference.');

const Tuning = z
  .object({
    lexicalShare: z.number().describe('Weight of the keyword score in the hybrid score.'),
    bm25: z
      .object({
        k1: z.number(),
        b: z.number(),
        fieldWeights: z.record(z.enum(TEXT_FIELDS), z.number()),
      })
      .optional(),
    papers: z.int(),
    seed: z.int(),
    figures: z.object({ fit: Figures, check: Figures }),
  })
  .meta({ id: 'Tuning', description: 'Weights that `tune` fitted to the corpus.' });

const Ranking = z
  .object({
    keywordShare: z.number().describe('Weight of the keyword score in a hybrid score.'),
    relatedKeywordShare: z.number().describe('The same for the similarity of two papers.'),
    feedback: z.number().describe('Weight of the feedback vector; 0 for no feedback.'),
    confidence: z
      .object({ weak: z.number(), strong: z.number() })
      .describe('Cosines from which a paper is weakly and strongly relevant.'),
  })
  .meta({ id: 'Ranking', description: 'How papers are ranked by the vectors of the model.' });

/** The schema of `CitationCounts` in src/indexes/citations/citation-graph.ts. */
export const CitationCounts = z
  .object({
    citing: z.int().min(0).describe('Papers with at least one reference.'),
    cited: z.int().min(0).describe('Papers that another paper of the index cites.'),
    references: z.int().min(0).describe('References of all papers.'),
    resolved: z.int().min(0).describe('References to papers of the index.'),
    unresolved: z.int().min(0).describe('References to other works.'),
  })
  .meta({ id: 'CitationCounts', description: 'The links between papers.' });

/** The schema of `IndexStats` in src/search/api.ts. */
export const IndexStats = z
  .object({
    snapshot: z.string(),
    createdAt: z.string().describe('ISO 8601, UTC.'),
    corpusDigest: z.string(),
    formatVersion: z.int(),
    papers: z.int().min(0),
    withoutAbstract: z.int().min(0),
    encoded: Encoded.optional(),
    model: z.object({
      name: z.string(),
      dimension: z.int(),
      maxTokens: z.int(),
      digest: z.string().describe('In hex; equal digests mean equal vectors of papers.'),
      ranking: Ranking.optional(),
    }),
    lexicalEngine: z.string(),
    citations: CitationCounts,
    tuning: Tuning.optional(),
    bytes: z.int().min(0).describe('Size of the snapshot on disk.'),
  })
  .meta({
    id: 'IndexStats',
    examples: [
      {
        snapshot: '20261122T101500-3f2a',
        createdAt: '2026-11-22T10:15:00.000Z',
        corpusDigest: '9f86d081884c7d65',
        formatVersion: 3,
        papers: 6,
        withoutAbstract: 0,
        model: { name: 'all-MiniLM-L6-v2', dimension: 384, maxTokens: 256, digest: '60303ae22b998861' },
        lexicalEngine: 'bm25/1',
        citations: { citing: 4, cited: 3, references: 51, resolved: 5, unresolved: 46 },
        bytes: 123_456,
      },
    ],
  });
