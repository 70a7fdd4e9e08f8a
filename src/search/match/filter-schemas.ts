import { z } from 'zod';
import {
  MAX_CORNERS,
  MAX_FILTER_VALUES,
  MAX_RANGE_LENGTH,
  MAX_VALUE_LENGTH,
  MIN_CORNERS,
} from '../../limits.ts';
import { FILTER_FIELDS, type FilterField, HAS_VALUES } from '../../papers/fields.ts';
import type { FilterValue } from './filters.ts';
import { RANGES, type RangeFilter } from './ranges.ts';

/** A schema for each field that papers can be filtered by. */
export type FilterShape = {
  readonly [F in FilterField as F['name']]: z.ZodOptional<z.ZodType<FilterValue<F>>>;
};

/** The filters as fields of an object. @param schemaOf returns the schema of the filter by a field. */
export function filterShape(schemaOf: (field: FilterField) => z.ZodType): FilterShape {
  const schemas = FILTER_FIELDS.map((field) => [field.name, schemaOf(field).optional()]);
  // `schemaOf` is called with every field, whose kind decides its schema.
  return Object.fromEntries(schemas) as unknown as FilterShape;
}

/** The description of a filter, as a sentence for the documents of interfaces. */
export function filterDescription({ description, kind }: FilterField): string {
  const sentence = `${description[0]!.toUpperCase()}${description.slice(1)}.`;
  return kind === 'values' || kind === 'cluster'
    ? `${sentence} With several values, one of them has to match.`
    : sentence;
}

const year = z.number().int().optional();

function jsonSchemaOf(field: FilterField): z.ZodType {
  switch (field.kind) {
    case 'number': {
      const { read, expected } = RANGES[field.unit];
      const error = `Expected ${expected}.`;
      return z
        .union(
          [
            z.string().max(MAX_RANGE_LENGTH),
            z.number().int(),
            z.strictObject({ from: year, to: year }, { error }),
          ],
          {
            error,
          },
        )
        .refine((filter: RangeFilter) => read(filter) !== undefined, {
          error,
          when: ({ issues }) => issues.length === 0,
        });
    }
    case 'flags':
      return z.array(z.enum(HAS_VALUES, { error: `Expected some of: ${HAS_VALUES.join(', ')}.` }));
    case 'outline':
      return z.array(z.array(z.number()).length(2)).min(MIN_CORNERS).max(MAX_CORNERS);
    case 'values':
    case 'cluster':
      return z.array(z.string().min(1).max(MAX_VALUE_LENGTH)).max(MAX_FILTER_VALUES);
  }
}

/** The filters as JSON, with limits for untrusted requests: over HTTP, and of agents. */
export const filtersInJson = z.strictObject(
  filterShape((field) => jsonSchemaOf(field).describe(filterDescription(field))),
);
