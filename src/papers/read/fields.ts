import { z } from 'zod';
import type { JsonObject } from './json/records.ts';
import { isPlaceholder } from './placeholders.ts';
import type { FieldProblem } from './record.ts';

/** Lenient types of the fields that records carry. Each takes the spellings seen in real files. */
const text = z.string();
const identifier = z
  .union([z.string(), z.number()], { error: 'Expected a text or a number' })
  .transform(String);
/** A whole number, also as text. */
export const wholeNumber = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\s*\d+\s*$/)
    .transform(Number),
]);
const year = wholeNumber.refine((value) => value >= 1000 && value <= 9999, 'Expected a year of four digits.');
const person = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const people = z.union([z.array(person), z.string().transform(splitList)], {
  error: 'Expected a list of names, or names parted by semicolons',
});
const list = z.union([z.array(z.string()), z.string().transform(splitList)], {
  error: 'Expected a list of texts, or texts parted by semicolons',
});
const name = z.union([z.string(), z.array(z.string()).transform((names) => names.join(', '))], {
  error: 'Expected a text or a list of texts',
});

export const FIELD = { text, identifier, year, people, list, name };

/**
 * Reads optional fields one by one, so that one bad value costs that field and not the paper. Absent, null and
 * empty values give undefined; a value of the wrong type gives undefined and is noted.
 */
export class FieldReader {
  readonly problems: FieldProblem[] = [];
  readonly #record: JsonObject;
  readonly #prefix: string;

  constructor(record: JsonObject, prefix = '') {
    this.#record = record;
    this.#prefix = prefix;
  }

  /**
   * The first of `names` that has a value of the type. A placeholder is only returned where there is nothing better:
   * what becomes of it is for `normalizePaper` to say.
   */
  read<T>(type: z.ZodType<T>, ...names: readonly string[]): T | undefined {
    if (names.length === 0) return undefined;
    let placeholder: T | undefined;
    // All of them are looked at, so that none counts as unread beside the one that is read.
    const values = names.map((field) =>
      Object.hasOwn(this.#record, field) ? this.#record[field] : undefined,
    );
    for (let at = 0; at < values.length; at++) {
      const value = values[at];
      const field = names[at]!;
      if (value === undefined || value === null || value === '') continue;
      const isEmpty = typeof value === 'string' && isPlaceholder(value);
      const parsed = type.safeParse(value);
      if (isEmpty) {
        if (parsed.success) placeholder ??= parsed.data;
        continue;
      }
      if (parsed.success) return parsed.data;
      const expected = parsed.error.issues[0]?.message ?? 'unexpected value';
      this.problems.push({
        field: this.#prefix + field,
        reason: `${expected.replace(/\.$/, '')}; the field was left out.`,
      });
    }
    return placeholder;
  }

  /** A reader of a nested object; of an empty one when there is none. */
  nested(field: string): FieldReader {
    const value = Object.hasOwn(this.#record, field) ? this.#record[field] : undefined;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject && value !== undefined && value !== null) {
      this.problems.push({
        field: this.#prefix + field,
        reason: 'Expected an object; the field was left out.',
      });
    }
    return new FieldReader(isObject ? (value as JsonObject) : {}, `${this.#prefix}${field}.`);
  }
}

/** "A; B" to A and B. Commas do not part names: "Perlis, A. J." is one. */
function splitList(joined: string): string[] {
  return joined
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
