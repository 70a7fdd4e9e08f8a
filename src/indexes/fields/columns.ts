import type { Field } from '../../papers/field.ts';
import type { ColumnDefinition } from './column.ts';
import { flagColumn } from './flag-column.ts';
import { identifierColumn } from './identifier-column.ts';
import { numberColumn } from './number-column.ts';
import { orderColumn } from './order-column.ts';
import { valueColumn } from './value-column.ts';

/** The columns of a field: its values, if any, then its order, if papers can be sorted by it. */
export function columnsOf(field: Field): ColumnDefinition[] {
  const order = field.sort ? [orderColumn(field.name, field.sort)] : [];
  switch (field.kind) {
    case 'values':
      return [valueColumn(field), ...order];
    case 'number':
      return [numberColumn(field), ...order];
    case 'flags':
      return [flagColumn(field), ...order];
    case 'identifier':
      return [identifierColumn(field), ...order];
    // The keyword index has the text, and the map has clusters and places.
    case 'text':
    case 'order':
    case 'cluster':
    case 'outline':
      return order;
  }
}
