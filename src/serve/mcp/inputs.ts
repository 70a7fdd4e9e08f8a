import { z } from 'zod';
import { MAX_AGENT_HITS, MAX_ID_LENGTH, MAX_OFFSET, MAX_QUERY_LENGTH } from '../../limits.ts';
import { filtersInJson } from '../../search/match/filter-schemas.ts';
import { SEARCH_MODES } from '../../search/mode.ts';

/** Bytes of an answer as JSON, of which four make about one token. */
const BUDGET = { least: 2000, most: 100_000, default: 20_000 };

/** A question or seed text. */
export const queryInput = z.string().max(MAX_QUERY_LENGTH);

export const idInput = z.string().min(1).max(MAX_ID_LENGTH);

/** What every paper of an answer must be. */
export const filtersInput = filtersInJson
  .optional()
  .describe('Conditions that every hit fulfils. describe_corpus lists values.');

export const modeInput = z
  .enum(SEARCH_MODES)
  .default('hybrid')
  .describe('keyword ranks by words, semantic by meaning, hybrid by both.');

/** Which part of a ranking, and how much of each paper. */
export const pageInput = {
  limit: z.number().int().min(1).max(MAX_AGENT_HITS).default(10).describe('Hits wanted.'),
  offset: z
    .number()
    .int()
    .min(0)
    .max(MAX_OFFSET)
    .default(0)
    .describe('Hits to pass over, for the next page.'),
  abstracts: z
    .enum(['none', 'short', 'whole'])
    .default('short')
    .describe('How much of each abstract: none, its first sentences, or all of it.'),
};

export const budgetInput = z
  .number()
  .int()
  .min(BUDGET.least)
  .max(BUDGET.most)
  .default(BUDGET.default)
  .describe('Largest answer in bytes of JSON; what does not fit is left out and said to be.');

/** Most characters of an abstract by the `abstracts` that was asked for. */
export const ABSTRACT_LENGTH = { none: 0, short: 600, whole: Number.MAX_SAFE_INTEGER } as const;
