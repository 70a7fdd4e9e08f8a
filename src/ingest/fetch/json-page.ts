import type { z } from 'zod';
import type { PageReading } from './connector.ts';

/** Reads the parts of a JSON response that `schema` names; anything else is a response to ask for again. */
export function readJsonPage<T>(
  text: string,
  schema: z.ZodType<T>,
  read: (content: T) => PageReading,
): PageReading {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { kind: 'again', reason: 'an answer that is cut short or not JSON' };
  }
  const result = schema.safeParse(content);
  if (!result.success) return { kind: 'again', reason: 'an answer of another form than expected' };
  return read(result.data);
}
