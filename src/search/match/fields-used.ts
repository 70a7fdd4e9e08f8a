import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import type { Facet } from '../../papers/fields.ts';
import type { EverySortName } from '../../papers/internal-fields.ts';
import type { Condition } from '../../query/ast.ts';
import { fieldsNamedIn } from '../../query/fields.ts';
import type { EveryFilter } from './filters.ts';

/** The parts of a request that may refer to fields. */
export interface FieldsRequest {
  readonly query?: string | undefined;
  readonly condition?: Condition | undefined;
  readonly filters?: EveryFilter | undefined;
  readonly facets?: readonly Facet[] | undefined;
  readonly sort?: EverySortName | 'relevance' | undefined;
}

/** Names of fields, and of fields that the papers are sorted by. */
interface FieldsUsed {
  readonly fields: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
}

/**
 * Names of the fields that a request may refer to; also those in text where they are not operators.
 */
function fieldsUsed({
  query = '',
  condition,
  filters = {},
  facets = [],
  sort = 'relevance',
}: FieldsRequest): FieldsUsed {
  const filtered = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const inCondition = condition ? fieldsOf(condition) : [];
  return {
    // Plain words may name an author, an identifier or years.
    fields: new Set([
      ...(query === '' ? [] : ['author', 'id', 'year']),
      ...filtered,
      ...facets,
      ...inCondition,
      ...fieldsNamedIn(query),
    ]),
    // A query without words to rank by is ordered by date.
    orders: new Set(['date', ...(sort === 'relevance' ? [] : [sort])]),
  };
}

/**
 * Builds the columns that a request may need and the index lacks. See `FieldIndex.prepare`.
 * @throws PaperSearchError INDEX_CORRUPT when a paper cannot be read.
 */
export async function prepareFields(index: FieldIndex, request: FieldsRequest): Promise<void> {
  const { fields, orders } = fieldsUsed(request);
  await index.prepare(fields, orders);
}

/** Names of the fields that a condition asks for by value. */
export function fieldsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.clauses.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(condition.clause);
    case 'fact':
      return [condition.fact, 'id'];
    case 'count':
    case 'instant':
      return [condition.of];
    case 'year':
    case 'has':
      return [condition.kind];
    case 'published':
      return ['day'];
    default:
      return 'field' in condition && condition.field === 'author' ? ['author'] : [];
  }
}
