import { z } from 'zod';
import { HAS_VALUES } from '../../query/ast.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { inputObject } from './lenient.ts';

/** Characters of a question; a whole abstract fits. */
const MAX_QUERY_LENGTH = 8000;
const MAX_HITS = 50;
/** Bytes of an answer as JSON, of which four make about one token. */
const BUDGET = { least: 2000, most: 100_000, default: 20_000 };

const values = (what: string) =>
  z
    .array(z.string().min(1).max(500))
    .max(50)
    .optional()
    .describe(`${what} One is enough where there are several.`);

/** A question or seed text. */
export const queryInput = z.string().max(MAX_QUERY_LENGTH);

export const idInput = z.string().min(1).max(1000);

/** What every paper of an answer must be. */
export const filtersInput = inputObject({
  year: z.string().max(20).optional().describe('2023, 2020..2024, >=2022'),
  venue: values('Venues, as describe_corpus names them, or words of the name.'),
  author: values('Names of authors.'),
  keyword: values('Keywords.'),
  area: values('Areas or categories.'),
  session: values('Sessions of a conference.'),
  has: z.array(z.enum(HAS_VALUES)).optional().describe('What every paper must have.'),
})
  .optional()
  .describe('Conditions that every hit fulfils.');

export const modeInput = z
  .enum(SEARCH_MODES)
  .default('hybrid')
  .describe('keyword ranks by words, semantic by meaning, hybrid by both.');

/** Which part of a ranking, and how much of each paper. */
export const pageInput = {
  limit: z.number().int().min(1).max(MAX_HITS).default(10).describe('Hits wanted.'),
  offset: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
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
