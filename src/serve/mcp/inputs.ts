import { z } from 'zod';
import {
  MAX_AGENT_HITS,
  MAX_ID_LENGTH,
  MAX_OFFSET,
  MAX_QUERY_LENGTH,
  MAX_RERANK_BUDGET_MS,
  MAX_RERANKED,
  MAX_VALUE_LENGTH,
} from '../../limits.ts';
import { filtersInJson } from '../../search/match/filter-schemas.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES, REJECTED_DESCRIPTION } from '../../search/match/rejected.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { DEFAULT_RERANKED } from '../../search/rerank/depth.ts';
import { inputObject } from './lenient.ts';

/** Size of an answer as JSON in bytes; four bytes are about one token. */
const BUDGET = { min: 2000, max: 100_000, default: 20_000 };

/** A query or seed text. */
export const queryInput = z.string().max(MAX_QUERY_LENGTH);

export const idInput = z.string().min(1).max(MAX_ID_LENGTH);

/** The filters. */
export const filtersInput = inputObject(filtersInJson.shape)
  .optional()
  .describe('Conditions that every hit must meet. describe_corpus lists values.');

export const rejectedInput = z
  .enum(REJECTED_CHOICES)
  .default(DEFAULT_REJECTED)
  .describe(REJECTED_DESCRIPTION);

export const modeInput = z
  .enum(SEARCH_MODES)
  .default('hybrid')
  .describe('keyword ranks by words, semantic by meaning, hybrid by both.');

/** How the first hits are reranked. */
export const rerankInput = {
  rerank: z
    .number()
    .int()
    .min(0)
    .max(MAX_RERANKED)
    .optional()
    .describe(
      `How many of the first hits to compare with the query more closely. Slow. Default 0, or ${DEFAULT_RERANKED} with rerankBy.`,
    ),
  rerankBy: z
    .string()
    .min(1)
    .max(MAX_VALUE_LENGTH)
    .optional()
    .describe(
      'What compares them: sentences (default), likely-sentences, or a cross-encoder of this server.',
    ),
  rerankBudgetMs: z
    .number()
    .int()
    .min(1)
    .max(MAX_RERANK_BUDGET_MS)
    .optional()
    .describe('Maximum time for that in milliseconds.'),
};

/** The page of a ranking, and how much of each paper to return. */
export const pageInput = {
  limit: z.number().int().min(1).max(MAX_AGENT_HITS).default(10).describe('Maximum number of hits.'),
  offset: z.number().int().min(0).max(MAX_OFFSET).default(0).describe('Hits to skip, for the next page.'),
  abstracts: z
    .enum(['none', 'short', 'whole'])
    .default('short')
    .describe(
      'How much of each abstract to return: none, its first sentences (short), or all of it (whole).',
    ),
};

export const budgetInput = z
  .number()
  .int()
  .min(BUDGET.min)
  .max(BUDGET.max)
  .default(BUDGET.default)
  .describe('Maximum size of the answer as JSON in bytes; leftOut says what does not fit.');

/** Maximum length of an abstract by the value of `abstracts`. */
export const ABSTRACT_LENGTH = { none: 0, short: 600, whole: Number.MAX_SAFE_INTEGER } as const;
