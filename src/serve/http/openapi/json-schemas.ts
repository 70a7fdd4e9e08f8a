import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { compareTexts } from '../../../util/compare-texts.ts';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What stays of a schema that `meta.json` replaces. */
const KEPT = ['default', 'description', 'examples', 'deprecated'] as const;

/** JSON Schemas made of zod schemas. Those with an id become components that others refer to. */
export class JsonSchemas {
  readonly #components = new Map<string, JsonSchema>();

  /** Components by id, in alphabetical order. */
  get components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.#components].sort(([a], [b]) => compareTexts(a, b)));
  }

  /**
   * @param io whether what is sent to us is described, or what we answer.
   * @throws Error for two schemas with one id. One schema in both places has two forms: what is sent may leave out
   *   what has a default, what is answered has no other fields.
   */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Within another, a schema with an id is referred to like any part.
    const { properties, $defs = {} } = relocated(
      z.toJSONSchema(z.object({ it: schema }), { io, unrepresentable: 'any', override }),
    );
    for (const [id, component] of Object.entries($defs)) {
      const known = this.#components.get(id);
      if (known && !isDeepStrictEqual(known, component)) {
        throw new Error(
          `Two schemas have the id "${id}", or one is used in requests and answers: give two ids.`,
        );
      }
      this.#components.set(id, component);
    }
    return properties.it;
  }
}

function override({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  // Not a bound of ours, but that of whole numbers in JavaScript.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  const { json } = jsonSchema;
  if (json === undefined) return;
  for (const key of Object.keys(jsonSchema)) {
    if (!(KEPT as readonly string[]).includes(key)) delete jsonSchema[key];
  }
  Object.assign(jsonSchema, json);
}

interface Converted {
  readonly properties: { readonly it: JsonSchema };
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A copy whose references lead to the components of a document. */
function relocated(schema: unknown): Converted {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
  );
}
