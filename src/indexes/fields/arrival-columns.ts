import type { InstantField, SortKey } from '../../papers/field.ts';
import { areBelow } from '../binary/numbers.ts';
import type { ColumnDefinition } from './column.ts';
import { NumberColumn } from './number-column.ts';
import { OrderColumn, orderKey } from './order-column.ts';

/** When each paper came in and last changed, by position: milliseconds since 1970, 0 where it is not known. */
export type ArrivalTimes = Readonly<Record<InstantField['event'], Float64Array>>;

/*
 * When papers came in is a fact about the index, and no paper contains it. So these columns store nothing among the
 * fields: they read times that the snapshot has elsewhere.
 */

/** The column of a field of instants. @param times undefined where nothing is known of arrivals. */
export function instantColumn(
  { name, event }: InstantField,
  times: ArrivalTimes | undefined,
): ColumnDefinition<NumberColumn> {
  return {
    key: name,
    arrays: [],
    whenMissing: () => ({}),
    writer: () => ({ finish: () => ({}) }),
    read: (_, size) => {
      const instants = times?.[event] ?? new Float64Array(size);
      return instants.length === size ? new NumberColumn(instants) : undefined;
    },
  };
}

/** The order by arrival, the latest first: sorted at the first use, from the order that decides ties. */
export function arrivalOrderColumn(
  name: string,
  { ties }: Extract<SortKey, { by: 'arrival' }>,
  times: ArrivalTimes | undefined,
): ColumnDefinition<OrderColumn> {
  const base = orderKey(ties);
  return {
    key: orderKey(name),
    arrays: [base],
    after: base,
    // The column of the other order stores it.
    writer: () => ({ finish: () => ({}) }),
    read: ({ [base]: docs }, size) => {
      const added = times?.added;
      if (!(docs instanceof Uint32Array) || docs.length !== size || !areBelow(docs, size)) return undefined;
      if (!added) return new OrderColumn(docs);
      // The sort is stable, so ties keep the order that they have.
      return new OrderColumn(() => docs.slice().sort((a, b) => added[b]! - added[a]!));
    },
  };
}
