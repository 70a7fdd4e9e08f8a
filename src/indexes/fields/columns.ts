import type { Field, SortKey } from '../../papers/field.ts';
import { type ArrivalTimes, arrivalOrderColumn, instantColumn } from './arrival-columns.ts';
import type { ColumnDefinition } from './column.ts';
import { flagColumn } from './flag-column.ts';
import { identifierColumn } from './identifier-column.ts';
import { linkColumn } from './link-column.ts';
import { countColumn, numberColumn } from './number-column.ts';
import { orderColumn } from './order-column.ts';
import { valueColumn } from './value-column.ts';

/**
 * The columns of a field: its values, if any, then its order, if papers can be sorted by it.
 * @param times when the papers came in; not needed to write columns.
 */
export function columnsOf(field: Field, times?: ArrivalTimes): ColumnDefinition[] {
  const order = field.sort ? [orderOf(field.name, field.sort, times)] : [];
  switch (field.kind) {
    case 'values':
      return [valueColumn(field), ...order];
    case 'number':
      if (field.unit === 'instant') return [instantColumn(field, times), ...order];
      return [field.unit === 'count' ? countColumn(field) : numberColumn(field), ...order];
    case 'flags':
      return [flagColumn(field), ...order];
    case 'identifier':
      return [identifierColumn(field), ...order];
    case 'links':
      // The other direction is the same links.
      return field.direction === 'references' ? [linkColumn()] : [];
    // The keyword index has the text, and the map has clusters and places.
    case 'text':
    case 'order':
    case 'cluster':
    case 'outline':
      return order;
  }
}

function orderOf(name: string, sort: SortKey, times: ArrivalTimes | undefined): ColumnDefinition {
  return sort.by === 'arrival' ? arrivalOrderColumn(name, sort, times) : orderColumn(name, sort);
}
