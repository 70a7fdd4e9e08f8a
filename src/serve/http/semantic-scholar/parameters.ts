import { z } from 'zod';
import { MAX_OFFSET, MAX_QUERY_LENGTH } from '../../../limits.ts';
import { wholeNumber } from '../parameters.ts';

/*
 * Parameters as clients of Semantic Scholar send them. What they mean is read in src/serve/compat/semantic-scholar/, since errors
 * have that API's words.
 */

const text = z.string({ error: 'Give it once.' });

export const fieldsParameter = text
  .optional()
  .describe(
    'Names of fields, parted by commas, with a dot before one inside another. Default: id and name or title.',
  );

/** The text of a search that needs one. */
export const requiredQuery = text
  .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`)
  .refine((query) => query.trim() !== '', 'The query is empty: say what to look for.')
  .describe('Plain text.');

/** The text of a search that filters may stand in for. */
export const bulkQuery = text
  .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`)
  .default('')
  .describe(
    'Words, all of which are required in title or abstract; + and, | or, - not, ( ), "phrase", prefix*, word~2, "phrase"~3.',
  );

/** The filters that all searches take. */
export const filterParameters = {
  year: text.optional().describe('`2019`, `2016-2020`, `2010-`, `-2015`.'),
  publicationDateOrYear: text
    .optional()
    .describe(
      '`START:END`, each YYYY, YYYY-MM, YYYY-MM-DD or nothing. A year without a day is its first day.',
    ),
  venue: text.optional().describe('Venues, parted by commas.'),
  fieldsOfStudy: text.optional().describe('Fields of study, parted by commas; one is enough.'),
  publicationTypes: text.optional().describe('Types, parted by commas; one is enough.'),
  openAccessPdf: text.optional().describe('Without a value: only papers with a PDF.'),
  minCitationCount: text.optional().describe('Citations are not known and count as none.'),
};

/** A page of a list. @param most papers on it. @param usual without the parameter. */
export function pageParameters(most: number, usual: number) {
  return {
    offset: wholeNumber(0, MAX_OFFSET).default(0),
    limit: wholeNumber(1, most).default(usual),
  };
}
