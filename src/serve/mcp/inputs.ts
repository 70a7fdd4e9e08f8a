import { z } from 'zod';
import { HAS_VALUES } from '../../query/ast.ts';
import { SEARCH_MODES } from '../../search/mode.ts';

/** Maximum length of a query; a whole abstract fits. */
const MAX_QUERY_LENGTH = 8000;
const MAX_HITS = 50;
/** Size of an answer as JSON in bytes; four bytes are about one token. */
const BUDGET = { min: 2000, max: 100_000, default: 20_000 };

const values = (what: string) =>
  z
    .array(z.string().min(1).max(500))
    .max(50)
    .optional()
    .describe(`${what} With several values, one has to match.`);

/** A query or seed text. */
export const queryInput = z.string().max(MAX_QUERY_LENGTH);

export const idInput = z.string().min(1).max(1000);

/** The filters. */
export const filtersInput = z
  .strictObject({
    year: z.string().max(20).optional().describe('2023, 2020..2024, >=2022'),
    venue: values('Venues: names from describe_corpus, or words of a name.'),
    author: values('Names of authors.'),
    keyword: values('Keywords.'),
    area: values('Areas or categories.'),
    session: values('Sessions of a conference.'),
    has: z.array(z.enum(HAS_VALUES)).optional().describe('What every paper must have.'),
  })
  .optional()
  .describe('Conditions that every hit must meet.');

export const modeInput = z
  .enum(SEARCH_MODES)
  .default('hybrid')
  .describe('keyword ranks by words, semantic by meaning, hybrid by both.');

/** The page of a ranking, and how much of each paper to return. */
export const pageInput = {
  limit: z.number().int().min(1).max(MAX_HITS).default(10).describe('Maximum number of hits.'),
  offset: z.number().int().min(0).max(1_000_000_000).default(0).describe('Hits to skip, for the next page.'),
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
