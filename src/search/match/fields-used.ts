import type { Facet } from '../../papers/fields.ts';
import type { EverySortName } from '../../papers/internal-fields.ts';
import { fieldsNamedIn } from '../../query/fields.ts';
import type { EveryFilter } from './filters.ts';

/** The parts of a request that may ask for fields. */
export interface FieldsRequest {
  readonly query?: string | undefined;
  readonly filters?: EveryFilter | undefined;
  readonly facets?: readonly Facet[] | undefined;
  readonly sort?: EverySortName | 'relevance' | undefined;
}

/**
 * Names of the fields that a request may ask for, so that the index can prepare them (`FieldIndex.prepare`). A field
 * named in a text that is not an operator there is one too.
 */
export function fieldsUsed({ query = '', filters = {}, facets = [], sort }: FieldsRequest): Set<string> {
  const filtered = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  // A query without words to rank by is ordered by date.
  return new Set(['date', ...filtered, ...facets, ...(sort ? [sort] : []), ...fieldsNamedIn(query)]);
}
