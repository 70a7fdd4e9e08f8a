import { z } from 'zod';
import { FACETS } from '../attributes/facets.ts';
import { PaperSearchError } from '../errors.ts';
import { HAS_VALUES } from '../query/ast.ts';
import { SEARCH_MODES } from '../types.ts';

/** Longest query taken, in UTF-16 code units: a whole abstract fits. */
export const LONGEST_QUERY = 8000;
const MOST_HITS = 100;
/** Values of one filter, and the characters of each. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 500;

/** The parameters of a route that takes none. */
export const noParameters = z.object({});

/** A whole number in a URL. Given twice, it is an array and refused. */
export function wholeNumber(least: number, most: number) {
  const message = `Expected a whole number from ${least} to ${most}.`;
  return z
    .string({ error: message })
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `Expected one of: ${values.join(', ')}.` });
}

/** Yes or no in a URL. */
export const flagParameter = z
  .enum(['true', 'false', '1', '0'], { error: 'Expected true or false.' })
  .transform((value) => value === 'true' || value === '1');

/** A parameter that may be given several times. */
function severalTimes(error: string) {
  const value = z
    .string({ error })
    .min(1, error)
    .max(LONGEST_VALUE, `Expected at most ${LONGEST_VALUE} characters.`);
  return z.union([value.transform((single) => [single]), z.array(value).max(MOST_VALUES)], {
    error: `${error} At most ${MOST_VALUES} times.`,
  });
}

/** Values parted by commas. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  const error = `Expected some of these, parted by commas: ${values.join(', ')}.`;
  return (
    z
      .string({ error })
      .transform((text) => text.split(',').map((value) => value.trim()))
      // As one value, so that what is wrong is named by its parameter and not by its place in the list.
      .pipe(
        z.custom<T[number][]>((list) => (list as string[]).every((value) => values.includes(value)), error),
      )
  );
}

const text = z
  .string({ error: 'Give the query once, as q=…' })
  .max(LONGEST_QUERY, `Expected at most ${LONGEST_QUERY} characters.`);
/** The text of a query, not blank. */
export const queryParameter = text.refine(
  (query) => query.trim() !== '',
  'The query is empty: say what to look for.',
);
/** The text of a query where filters may stand in for it. */
export const optionalQueryParameter = text.default('');
export const modeParameter = oneOf(SEARCH_MODES).default('hybrid');
export const limitParameter = wholeNumber(1, MOST_HITS).default(10);
export const offsetParameter = wholeNumber(0, 1_000_000_000).default(0);
export const rerankParameter = wholeNumber(0, 100).default(0);
export const facetsParameter = listOf(FACETS);

/** The filters as parameters of a URL; a value may be repeated. */
export const filterParameters = {
  year: z.string({ error: 'Expected a year or a range: 2023, 2020..2024, >=2022.' }).max(20).optional(),
  venue: severalTimes('Expected a venue.').optional(),
  author: severalTimes('Expected an author.').optional(),
  keyword: severalTimes('Expected a keyword.').optional(),
  area: severalTimes('Expected an area.').optional(),
  session: severalTimes('Expected a session.').optional(),
  has: listOf(HAS_VALUES).optional(),
};

/**
 * Checks the parameters of a URL, or the fields of a body, against a schema that knows them all.
 * @throws PaperSearchError BAD_REQUEST that names every unknown parameter and bad value in `details.issues`.
 */
export function parseParameters<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  query: unknown,
): z.infer<z.ZodObject<T>> {
  const parsed = schema.strict().safeParse(query);
  if (parsed.success) return parsed.data as z.infer<z.ZodObject<T>>;
  const known = Object.keys(schema.shape);
  const unknown =
    known.length > 0
      ? `Unknown parameter. Known are: ${known.join(', ')}.`
      : 'Unknown parameter: none is taken here.';
  const issues = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          parameter: [...issue.path, key].join('.'),
          problem: issue.path.length > 0 ? 'Unknown field.' : unknown,
        }))
      : [{ parameter: issue.path.join('.'), problem: issue.message }],
  );
  const message = issues.map(({ parameter, problem }) => `${parameter}: ${problem}`).join(' ');
  throw new PaperSearchError('BAD_REQUEST', message, { details: { issues } });
}
