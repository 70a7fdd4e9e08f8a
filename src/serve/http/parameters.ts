import { z } from 'zod';
import {
  MAX_CORNERS,
  MAX_FILTER_VALUES,
  MAX_HITS,
  MAX_OFFSET,
  MAX_QUERY_LENGTH,
  MAX_RANGE_LENGTH,
  MAX_RERANK_BUDGET_MS,
  MAX_RERANKED,
  MAX_VALUE_LENGTH,
  MIN_CORNERS,
} from '../../limits.ts';
import { FACETS, type FilterField, HAS_VALUES } from '../../papers/fields.ts';
import { EXPECTED_CORNERS, readCorners } from '../../search/match/corners.ts';
import { filterDescription, filterShape } from '../../search/match/filter-schemas.ts';
import { RANGES } from '../../search/match/ranges.ts';
import { DEFAULT_REJECTED, REJECTED_CHOICES, REJECTED_DESCRIPTION } from '../../search/match/rejected.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { oneOf } from '../../search/request.ts';
import { DEFAULT_RERANKED } from '../../search/rerank/depth.ts';

/*
 * Query parameters. They arrive as strings. `meta.json` is the JSON Schema for the document where zod's own does not
 * show what may be sent.
 */

/** A whole number in a URL. When it is repeated, Express parses an array, which is refused. */
export function wholeNumber(min: number, max: number) {
  const message = `Expected a whole number from ${min} to ${max}.`;
  return z
    .string({ error: message })
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .meta({ json: { type: 'integer', minimum: min, maximum: max } });
}

/** A boolean in a URL. */
export const flagParameter = z
  .enum(['true', 'false', '1', '0'], { error: 'Expected true or false.' })
  .transform((value) => value === 'true' || value === '1')
  .meta({ json: { type: 'boolean' } });

/** A parameter that may be repeated. @param most its values, and characters of each. */
export function severalTimes(
  error: string,
  description: string,
  most: { readonly values: number; readonly length: number } = {
    values: MAX_FILTER_VALUES,
    length: MAX_VALUE_LENGTH,
  },
) {
  const value = z
    .string({ error })
    .min(1, error)
    .max(most.length, `Expected at most ${most.length} characters.`);
  return z
    .union([value.transform((single) => [single]), z.array(value).max(most.values)], {
      error: `${error} At most ${most.values} times.`,
    })
    .meta({
      json: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: most.length },
        maxItems: most.values,
      },
    })
    .optional()
    .describe(description);
}

/** Comma-separated values. The parameter may also be repeated, as some clients write a list. */
function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  const error = `Expected some of these, separated by commas: ${values.join(', ')}.`;
  return (
    z
      .union([z.string(), z.array(z.string())], { error })
      .transform((given) => [given].flat().flatMap((text) => text.split(',').map((value) => value.trim())))
      // Validated as one value, so that an error names the parameter and not an index of the list.
      .pipe(
        z.custom<T[number][]>((list) => (list as string[]).every((value) => values.includes(value)), error),
      )
      // `explode` belongs to the parameter, not to its schema; the document moves it there.
      .meta({ json: { type: 'array', items: { enum: [...values] }, explode: false } })
  );
}

const text = z
  .string({ error: 'Expected the query once, as q=…' })
  .max(MAX_QUERY_LENGTH, `Expected at most ${MAX_QUERY_LENGTH} characters.`);
/** A query that is not blank. */
export const queryParameter = text
  .refine((query) => query.trim() !== '', 'The query is empty: say what to look for.')
  .describe('What to search for.');
/** A query that may be empty when there are filters. */
export const optionalQueryParameter = text
  .default('')
  .describe(
    'A question or keywords, in the query language. Optional with a filter, or with a sort by date or title.',
  );
export const modeParameter = oneOf(SEARCH_MODES)
  .default('hybrid')
  .describe('How papers are ranked: by words, by meaning, or by both.');
export const limitParameter = wholeNumber(1, MAX_HITS).default(10).describe('Maximum number of hits.');
export const offsetParameter = wholeNumber(0, MAX_OFFSET).default(0).describe('Hits to skip.');
export const rerankParameters = {
  rerank: wholeNumber(0, MAX_RERANKED)
    .optional()
    .describe(
      `How many of the first papers to compare with the query more closely. Slow. Default: 0, or ${DEFAULT_RERANKED} with \`rerankBy\`.`,
    ),
  rerankBy: z
    .string({ error: 'Expected the name of a reranker.' })
    .min(1, 'Expected the name of a reranker.')
    .max(MAX_VALUE_LENGTH, `Expected at most ${MAX_VALUE_LENGTH} characters.`)
    .optional()
    .describe(
      'What compares them: `sentences` (default) or `likely-sentences`, not in mode `keyword`, or the name of a cross-encoder that was added to this server.',
    ),
  rerankBudgetMs: wholeNumber(1, MAX_RERANK_BUDGET_MS)
    .optional()
    .describe(
      'Maximum time for reranking in milliseconds. Papers that are not compared by then keep their order; `reranked` says how many were.',
    ),
};
export const rejectedParameter = oneOf(REJECTED_CHOICES)
  .default(DEFAULT_REJECTED)
  .describe(REJECTED_DESCRIPTION);
export const facetsParameter = listOf(FACETS).describe('Facets whose values are counted.');

/** The filters as query parameters; a value may be repeated. */
export const filterParameters = filterShape((field) => parameterOf(field).describe(filterDescription(field)));

function parameterOf(field: FilterField): z.ZodType {
  switch (field.kind) {
    case 'number': {
      const { read, expected } = RANGES[field.unit];
      const error = `Expected ${expected}.`;
      return z
        .string({ error })
        .max(MAX_RANGE_LENGTH, error)
        .refine((text) => read(text) !== undefined, error);
    }
    case 'flags':
      return listOf(HAS_VALUES);
    case 'outline': {
      const error = `Expected ${EXPECTED_CORNERS}.`;
      return z
        .string({ error })
        .refine((text) => readCorners(text) !== undefined, error)
        .transform(readCorners)
        .meta({
          json: {
            type: 'array',
            items: { type: 'integer' },
            minItems: 2 * MIN_CORNERS,
            maxItems: 2 * MAX_CORNERS,
            explode: false,
          },
        });
    }
    case 'values':
    case 'cluster':
      return severalTimes(`Expected ${field.description}.`, filterDescription(field));
  }
}

/** The path parameter `id`. */
export const idInPath = z.object({
  id: z.string().describe('An id of the paper. Write a slash in it as `%2F`.'),
});
