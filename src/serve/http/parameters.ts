import { z } from 'zod';
import { MAX_CORNERS } from '../../indexes/map/polygon.ts';
import { FACETS } from '../../papers/facets.ts';
import { HAS_VALUES } from '../../query/ast.ts';
import { SEARCH_MODES } from '../../search/mode.ts';
import { oneOf } from '../../search/request.ts';

/*
 * Query parameters. They arrive as strings. `meta.json` is the JSON Schema for the document where zod's own does not
 * show what may be sent.
 */

/** Maximum length of a query in UTF-16 code units; a whole abstract fits. */
export const MAX_QUERY_LENGTH = 8000;
/** Maximum number of hits in an answer. */
export const MAX_HITS = 100;
/** Maximum offset. */
export const MAX_OFFSET = 1_000_000_000;
/** Limits of the values of one filter and of their lengths. */
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 500;

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

/** A parameter that may be repeated. */
export function severalTimes(error: string, description: string) {
  const value = z
    .string({ error })
    .min(1, error)
    .max(MAX_VALUE_LENGTH, `Expected at most ${MAX_VALUE_LENGTH} characters.`);
  return z
    .union([value.transform((single) => [single]), z.array(value).max(MAX_VALUES)], {
      error: `${error} At most ${MAX_VALUES} times.`,
    })
    .meta({
      json: {
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: MAX_VALUE_LENGTH },
        maxItems: MAX_VALUES,
      },
    })
    .optional()
    .describe(description);
}

/** Comma-separated values. */
function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  const error = `Expected some of these, separated by commas: ${values.join(', ')}.`;
  return (
    z
      .string({ error })
      .transform((text) => text.split(',').map((value) => value.trim()))
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
export const rerankParameter = wholeNumber(0, 100)
  .default(0)
  .describe('How many of the first papers to rerank by comparing sentences. Slow.');
export const facetsParameter = listOf(FACETS).describe('Facets whose values are counted.');

const polygonMessage = `Expected 3 to ${MAX_CORNERS} corners on the map, as comma-separated x and y: 100,100,900,100,500,800.`;
const CORNER = String.raw`-?\d{1,6},-?\d{1,6}`;
/** A polygon on the map: x and y of its corners, comma-separated. */
const polygonParameter = z
  .string({ error: polygonMessage })
  .regex(new RegExp(`^${CORNER}(?:,${CORNER}){2,${MAX_CORNERS - 1}}$`), polygonMessage)
  .transform((text) => {
    const numbers = text.split(',').map(Number);
    return Array.from({ length: numbers.length / 2 }, (_, corner): [number, number] => [
      numbers[2 * corner]!,
      numbers[2 * corner + 1]!,
    ]);
  })
  .meta({
    json: {
      type: 'array',
      items: { type: 'integer' },
      minItems: 6,
      maxItems: 2 * MAX_CORNERS,
      explode: false,
    },
  })
  .describe('A polygon on the map: x and y of its corners, from 0 to 65535, comma-separated.');

/** The filters as query parameters; a value may be repeated. */
export const filterParameters = {
  year: z
    .string({ error: 'Expected a year or a range: 2023, 2020..2024, >=2022.' })
    .max(20)
    .optional()
    .describe('A year or a range: `2023`, `2020..2024`, `>=2022`.'),
  venue: severalTimes(
    'Expected a venue.',
    'A venue, or words of its name. If repeated, one value has to match.',
  ),
  author: severalTimes('Expected an author.', 'An author, or words of the name.'),
  keyword: severalTimes('Expected a keyword.', 'A keyword, or words of it.'),
  area: severalTimes('Expected an area.', 'An area (category), or words of it.'),
  session: severalTimes('Expected a session.', 'A session, or words of its name.'),
  has: listOf(HAS_VALUES).optional().describe('What a paper must have. All values must apply.'),
  cluster: severalTimes('Expected the name of a cluster.', 'The name of a cluster of the map.'),
  within: polygonParameter.optional(),
};

/** The path parameter `id`. */
export const idInPath = z.object({
  id: z.string().describe('An id of the paper. Write a slash in it as `%2F`.'),
});
