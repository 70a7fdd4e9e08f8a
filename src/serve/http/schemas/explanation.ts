import { z } from 'zod';
import { TEXT_FIELDS } from '../../../papers/fields.ts';

const rank = z.int().min(1);

const KeywordExplanation = z
  .object({
    score: z.number().describe('BM25F; the scores of the terms add up to it.'),
    most: z.number().describe('The score of a paper that matched every term as well as can be.'),
    rank: rank.optional().describe('By keyword alone; absent when no term matches.'),
    terms: z.array(
      z.object({
        text: z.string().describe('As the query has it.'),
        term: z.string().describe('As the index has it.'),
        documentFrequency: z.int(),
        score: z.number(),
        fields: z.array(z.object({ field: z.enum(TEXT_FIELDS), frequency: z.int(), score: z.number() })),
      }),
    ),
  })
  .meta({ id: 'KeywordExplanation' });

const SemanticExplanation = z
  .object({
    cosine: z.number(),
    rank: rank.describe('By cosine alone.'),
    sentence: z
      .object({ start: z.int(), end: z.int(), text: z.string(), cosine: z.number() })
      .optional()
      .describe('The sentence of the abstract that is nearest to the question.'),
  })
  .meta({ id: 'SemanticExplanation' });

/** As `Explanation` of src/search/explain/explanation.ts. */
export const Explanation = z
  .object({
    score: z.number().describe("The hit's score; `parts` add up to it."),
    keyword: KeywordExplanation.optional(),
    semantic: SemanticExplanation.optional(),
    parts: z.array(
      z.object({
        name: z.enum(['keyword', 'semantic', 'sentence']),
        formula: z.string().describe('The arithmetic: `0.6 × 12.1 / 20.4`.'),
        score: z.number(),
      }),
    ),
    without: z
      .array(z.object({ word: z.string(), rank: rank.optional() }))
      .describe('Where the paper would be without each word; no rank: not found at all.'),
    summary: z.string().describe('The same in a sentence.'),
  })
  .meta({ id: 'Explanation', description: 'Why a paper has its score and its place.' });
