import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { compareTexts } from '../../../util/compare-texts.ts';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keys that remain when `meta.json` replaces a schema. */
const KEPT = ['default', 'description', 'examples', 'deprecated'] as const;

/** Converts zod schemas to JSON Schemas. Schemas with an id become components that others refer to. */
export class JsonSchemas {
  readonly #components = new Map<string, JsonSchema>();

  /** Components by id, in alphabetical order. */
  get components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => compareTexts(a, b)));
  }

  /**
   * @param io whether the schema describes requests or answers.
   * @throws Error for two schemas with the same id. A schema that is used in both has two forms: requests may leave out
   *   fields with a default, answers have no other fields.
   */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Wrapped in an object, a schema with an id becomes a reference as well.
    const { properties, $defs = {} } = relocated(
      z.toJSONSchema(z.object({ it: schema }), {
        io,
        unrepresentable: 'any',
        override: (context) => {
          override(context);
          if (io === 'input') defaultsInWords(context.jsonSchema);
        },
      }),
    );
    for (const [id, component] of Object.entries($defs)) {
      const known = this.#components.get(id);
      if (known && !isDeepStrictEqual(known, component)) {
        throw new Error(
          `Two schemas have the id "${id}", or one schema is used in requests and answers. Use two ids.`,
        );
      }
      this.#components.set(id, component);
    }
    return properties.it;
  }
}

function override({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  // Drop the bounds of safe integers in JavaScript; they are not limits of ours.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  // A list of fixed length; generators do not know schemas that are booleans.
  if (jsonSchema.items === false && Array.isArray(jsonSchema.prefixItems)) {
    delete jsonSchema.items;
    jsonSchema.minItems = jsonSchema.prefixItems.length;
    jsonSchema.maxItems = jsonSchema.prefixItems.length;
  }
  const { json } = jsonSchema;
  if (json === undefined) return;
  for (const key of Object.keys(jsonSchema)) {
    if (!(KEPT as readonly string[]).includes(key)) delete jsonSchema[key];
  }
  Object.assign(jsonSchema, json);
}

/**
 * Moves the defaults of the fields of a request into their descriptions: generators take a field with a default for one
 * that is always there, and their clients would have to send it.
 */
function defaultsInWords({ properties }: Record<string, unknown>): void {
  for (const field of Object.values((properties ?? {}) as Record<string, Record<string, unknown>>)) {
    if (!('default' in field)) continue;
    const { default: value, description } = field;
    delete field.default;
    const words = `Default: ${JSON.stringify(value)}.`;
    const isSaid = typeof description === 'string' && description.includes('Default');
    if (!isSaid) field.description = typeof description === 'string' ? `${description} ${words}` : words;
  }
}

interface Converted {
  readonly properties: { readonly it: JsonSchema };
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/**
 * A copy whose references point to the components of the document. One with a description beside it is wrapped: some
 * generators refuse a schema with both.
 */
function relocated(schema: unknown): Converted {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value?.$ref !== 'string') return value;
    const { $ref, ...beside } = value;
    const reference = { $ref: $ref.replace('#/$defs/', '#/components/schemas/') };
    return Object.keys(beside).length === 0 ? reference : { allOf: [reference], ...beside };
  });
}
