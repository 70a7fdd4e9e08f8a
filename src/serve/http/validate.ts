import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';

/**
 * Validates query parameters, path parameters or a body.
 * @param unknown what happens with fields that the schema does not have. Default `refuse`.
 * @throws PaperSearchError BAD_REQUEST that names every unknown parameter and bad value in `details.issues`.
 */
export function parseParameters<T extends z.ZodType>(
  schema: T,
  value: unknown,
  unknown: 'refuse' | 'ignore' = 'refuse',
): z.output<T> {
  const strict = schema instanceof z.ZodObject && unknown === 'refuse' ? strictOf(schema) : schema;
  const parsed = strict.safeParse(value);
  if (parsed.success) return parsed.data as z.output<T>;
  const issues = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          parameter: [...issue.path, key].join('.'),
          problem: issue.path.length > 0 ? 'Unknown field.' : unknownParameter(schema),
        }))
      : [{ parameter: issue.path.join('.'), problem: issue.message }],
  );
  const message = issues.map(({ parameter, problem }) => `${parameter}: ${problem}`).join(' ');
  throw new PaperSearchError('BAD_REQUEST', message, { details: { issues } });
}

/** Strict forms of schemas. Zod compiles an object's validation at its first use: 0.5 ms for a search. */
const STRICT = new WeakMap<z.ZodObject, z.ZodObject>();

function strictOf(schema: z.ZodObject): z.ZodObject {
  const strict = STRICT.get(schema) ?? schema.strict();
  STRICT.set(schema, strict);
  return strict;
}

function unknownParameter(schema: z.ZodType): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return known.length > 0
    ? `Unknown parameter. Known parameters: ${known.join(', ')}.`
    : 'Unknown parameter: this route has no parameters.';
}
