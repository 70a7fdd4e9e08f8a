import { z } from 'zod';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { BONUS_NAMES } from '../../../search/rerank/reranker.ts';

const rank = z.int().min(1);

const KeywordExplanation = z
  .object({
    score: z.number().describe('BM25F; the scores of the terms add up to it.'),
    most: z.number().describe('The highest score possible for this query.'),
    rank: rank.optional().describe('Rank by keyword alone; absent when no term matches.'),
    terms: z.array(
      z.object({
        text: z.string().describe('The word in the query.'),
        term: z.string().describe('The term in the index.'),
        count: z.int().min(2).optional().describe('How often the query has the word; absent for once.'),
        documentFrequency: z.int(),
        score: z.number(),
        fields: z.array(z.object({ field: z.enum(TEXT_FIELDS), frequency: z.int(), score: z.number() })),
      }),
    ),
  })
  .meta({ id: 'KeywordExplanation' });

const SemanticExplanation = z
  .object({
    cosine: z.number().describe('Of the paper and the query; with feedback, the query with feedback.'),
    rank: rank.describe('Rank by cosine alone.'),
    sentence: z
      .object({ start: z.int(), end: z.int(), text: z.string(), cosine: z.number() })
      .optional()
      .describe('The sentence of the abstract that is nearest to the query.'),
    feedback: z
      .object({
        papers: z.array(z.object({ id: z.string(), title: z.string() })),
        cosine: z.number().describe('Of the paper and the query alone.'),
      })
      .optional()
      .describe(
        'The first papers before feedback, whose vectors were added to that of the query; absent without feedback.',
      ),
  })
  .meta({ id: 'SemanticExplanation' });

/** The schema of `Explanation` in src/search/explain/explanation.ts. */
export const Explanation = z
  .object({
    score: z.number().describe("The hit's score; `parts` add up to it."),
    keyword: KeywordExplanation.optional(),
    semantic: SemanticExplanation.optional(),
    parts: z.array(
      z.object({
        name: z.enum(['keyword', 'semantic', ...BONUS_NAMES]),
        formula: z.string().describe('The arithmetic: `0.6 × 12.1 / 20.4`.'),
        score: z.number(),
      }),
    ),
    without: z
      .array(z.object({ word: z.string(), rank: rank.optional() }))
      .describe(
        'The rank of the paper if the query did not have this word; absent when it would not be found.',
      ),
    summary: z.string().describe('The explanation as a sentence.'),
  })
  .meta({ id: 'Explanation', description: 'Why a paper has its score and rank.' });
