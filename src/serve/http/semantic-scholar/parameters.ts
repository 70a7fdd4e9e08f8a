import { z } from 'zod';
import { MAX_OFFSET, MAX_QUERY_LENGTH } from '../../../limits.ts';
import { wholeNumber } from '../parameters.ts';

/*
 * Parameters as clients of Semantic Scholar send them. What they mean is read in src/serve/compat/semantic-scholar/, since errors
 * have that API's words.
 */

const text = z.string({ error: 'Expected one value.' });

export const fieldsParameter = text
  .optional()
  .describe(
    'Comma-separated fields, with a dot before a field inside another: `authors.name`. Default: id and name or title.',
  );

/** A query that is required. */
export const requiredQuery = text
  .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`)
  .refine((query) => query.trim() !== '', 'The query is empty: say what to look for.')
  .describe('Plain text.');

/** A query that may be empty. */
export const bulkQuery = text
  .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`)
  .default('')
  .describe(
    'All words are required in title or abstract. Operators: + and, | or, - not, ( ), "phrase", prefix*, word~2, "phrase"~3.',
  );

/** The filters of all searches. */
export const filterParameters = {
  year: text.optional().describe('`2019`, `2016-2020`, `2010-`, `-2015`.'),
  publicationDateOrYear: text
    .optional()
    .describe(
      '`START:END`, each YYYY, YYYY-MM, YYYY-MM-DD or empty. A year without a day is read as its first day.',
    ),
  venue: text.optional().describe('Comma-separated venues; one has to match.'),
  fieldsOfStudy: text.optional().describe('Comma-separated fields of study; one has to match.'),
  publicationTypes: text.optional().describe('Comma-separated types; one has to match.'),
  openAccessPdf: text.optional().describe('If present, only papers with a PDF. It needs no value.'),
  minCitationCount: text.optional().describe('How many papers of this server must cite it.'),
};

/**
 * The parameters of a page of a list.
 * @param max maximum papers per page.
 * @param defaultLimit the default.
 */
export function pageParameters(max: number, defaultLimit: number) {
  return {
    offset: wholeNumber(0, MAX_OFFSET).default(0),
    limit: wholeNumber(1, max).default(defaultLimit),
  };
}
