import type { Paper } from '../../papers/paper.ts';
import { lowerBound } from '../../util/lower-bound.ts';

/** A paper of a new snapshot that the earlier one has not, or has otherwise. */
interface FreshPaper {
  /** Its position in the new snapshot. */
  readonly doc: number;
  readonly paper: Paper;
}

/** What distinguishes the papers of a new snapshot from those of an earlier one. */
export interface ColumnChange {
  /** How many papers the new snapshot has. */
  readonly size: number;
  /** Position in the earlier snapshot of each paper of the new one that is the same, ascending; -1 for the others. */
  readonly positions: Int32Array;
  /** Position in the new snapshot of each paper of the earlier one, ascending; -1 for one that is not the same there. */
  readonly places: Int32Array;
  /** The papers of the new snapshot that are not in the earlier one, in their order. */
  readonly fresh: readonly FreshPaper[];
  /** The papers of the earlier snapshot that are not in the new one, in their order. */
  readonly gone: readonly Paper[];
  /** Reads a paper of the earlier snapshot. */
  readonly before: (position: number) => Paper;
}

/** Values of kept papers at their new positions, 0 for fresh ones. @param target one for each paper of the new snapshot. */
export function moved<T extends Uint8Array | Uint16Array | Uint32Array>(
  earlier: T,
  target: T,
  { positions }: ColumnChange,
): T {
  for (let doc = 0; doc < positions.length; doc++) {
    const position = positions[doc]!;
    if (position >= 0) target[doc] = earlier[position]!;
  }
  return target;
}

/**
 * An order of the papers of a new snapshot, from that of an earlier one: kept papers stay in their order, and fresh ones are
 * put between them.
 * @param earlier the order before. @param fresh new positions in their order.
 * @param isBefore whether a kept paper, by its earlier position, comes before a fresh one.
 */
export function mergedOrder(
  earlier: Uint32Array,
  { size, places }: ColumnChange,
  fresh: readonly number[],
  isBefore: (position: number, doc: number) => boolean,
): Uint32Array {
  const kept = earlier.filter((position) => places[position]! >= 0);
  const order = new Uint32Array(size);
  let from = 0;
  let at = 0;
  const take = (end: number) => {
    for (; from < end; from++) order[at++] = places[kept[from]!]!;
  };
  for (const doc of fresh) {
    take(lowerBound(from, kept.length, (n) => isBefore(kept[n]!, doc)));
    order[at++] = doc;
  }
  take(kept.length);
  return order;
}

/** Remembers what a function returned for a number. */
export function remembered<T>(read: (number: number) => T): (number: number) => T {
  const known = new Map<number, T>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const value = read(number);
    known.set(number, value);
    return value;
  };
}
