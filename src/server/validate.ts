import { z } from 'zod';
import { PaperSearchError } from '../errors.ts';

/** Longest query taken, in UTF-16 code units: a whole abstract fits. */
const LONGEST_QUERY = 8000;
const MOST_HITS = 100;

/** The parameters of a route that takes none. */
export const noParameters = z.object({});

/** A whole number in a URL. Given twice, it is an array and refused. */
function wholeNumber(least: number, most: number) {
  const message = `Expected a whole number from ${least} to ${most}.`;
  return z
    .string({ error: message })
    .regex(/^\d{1,10}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

/** The text of a query, not blank. */
export const queryParameter = z
  .string({ error: 'Give the query once, as q=…' })
  .max(LONGEST_QUERY, `Expected at most ${LONGEST_QUERY} characters.`)
  .refine((query) => query.trim() !== '', 'The query is empty: say what to look for.');
export const limitParameter = wholeNumber(1, MOST_HITS).default(10);
export const offsetParameter = wholeNumber(0, 1_000_000_000).default(0);

/**
 * Checks the parameters of a URL against a schema that knows them all.
 * @throws PaperSearchError BAD_REQUEST that names every unknown parameter and bad value in `details.issues`.
 */
export function parseParameters<T extends z.ZodRawShape>(
  schema: z.ZodObject<T>,
  query: unknown,
): z.infer<z.ZodObject<T>> {
  const parsed = schema.strict().safeParse(query);
  if (parsed.success) return parsed.data as z.infer<z.ZodObject<T>>;
  const known = Object.keys(schema.shape);
  const issues = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          parameter: key,
          problem:
            known.length > 0
              ? `Unknown parameter. Known are: ${known.join(', ')}.`
              : 'Unknown parameter: none is taken here.',
        }))
      : [{ parameter: issue.path.join('.'), problem: issue.message }],
  );
  const message = issues.map(({ parameter, problem }) => `${parameter}: ${problem}`).join(' ');
  throw new PaperSearchError('BAD_REQUEST', message, { details: { issues } });
}
