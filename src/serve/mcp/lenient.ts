import { z } from 'zod';

/**
 * An object of these members and no others, read as models write it: `null` is an absent member, "5" is 5 where a
 * number is expected, 2023 is "2023" where a text is expected, and a text is read as a list of one. A list or an object may
 * come as its JSON text. The schema that clients see is that of the members.
 */
export function inputObject<T extends z.ZodRawShape>(shape: T) {
  const lenient = Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [
      name,
      z.preprocess((value) => asExpected(value, coreOf(schema as z.ZodType)), schema as z.ZodType),
    ]),
  );
  // A preprocessed schema has the output of its schema.
  return z.strictObject(lenient as unknown as T);
}

/** The schema within `optional` and `default`. */
function coreOf(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? coreOf(schema.unwrap() as z.ZodType)
    : schema;
}

function asExpected(value: unknown, schema: z.ZodType): unknown {
  if (value === null) return undefined;
  if (schema instanceof z.ZodArray) {
    const values = typeof value === 'string' ? listOf(value) : value;
    const element = coreOf(schema.element as z.ZodType);
    return Array.isArray(values) ? values.map((one) => asExpected(one, element)) : values;
  }
  if (schema instanceof z.ZodObject) return typeof value === 'string' ? (parsed(value) ?? value) : value;
  if (schema instanceof z.ZodNumber) {
    return typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value;
  }
  return schema instanceof z.ZodString && typeof value === 'number' ? String(value) : value;
}

function listOf(text: string): unknown[] {
  const list = parsed(text);
  return Array.isArray(list) ? list : [text];
}

/** The list or object that a text is the JSON of; undefined for others. */
function parsed(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
