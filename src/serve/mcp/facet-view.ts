import { z } from 'zod';
import { FACETS } from '../../papers/fields.ts';
import type { FacetCounts } from '../../search/api.ts';
import { firstWords } from '../../text/shorten.ts';
import { visibleText } from '../../text/visible-text.ts';

/** A longer value is not the name of anything. */
const MAX_VALUE_LENGTH = 200;

/** Values of facets with the number of their papers. */
export const FacetView = z.partialRecord(
  z.enum(FACETS),
  z.array(z.object({ value: z.string(), count: z.number().int() })),
);

/** Facet counts as a model sees them: hidden characters replaced, long values cut. */
export function facetView(values: FacetCounts['values']): z.infer<typeof FacetView> {
  const shown = FACETS.map((facet) => [
    facet,
    values[facet]?.map(({ value, count }) => ({
      value: firstWords(visibleText(value), MAX_VALUE_LENGTH),
      count,
    })),
  ]);
  return Object.fromEntries(shown.filter(([, counts]) => counts !== undefined));
}
