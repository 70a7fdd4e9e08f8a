import type { MergeDecision } from '../indexes/store/manifest.ts';
import { placesOf } from './decisions.ts';
import type { Group } from './groups.ts';
import { type Agreement, agreementOf } from './identity/agreement.ts';
import type { RecordKeys } from './identity/record-keys.ts';

/** A paper that several records make, and why. */
export interface Merge {
  /** The paper. */
  readonly id: string;
  readonly title: string;
  /** The records, the one that counts most first. */
  readonly records: readonly MergedRecord[];
}

export interface MergedRecord {
  readonly file: string;
  /** 1-based number in its file, and the id that it has there. */
  readonly record: number;
  readonly id: string;
  /** The record of the list (from 0) that it was joined to, and why; absent for the first. */
  readonly same?: { readonly as: number; readonly why: Agreement } | undefined;
}

/** The papers that several records make, at least one of which is new, changed or moved. */
export function mergesOf(groups: Iterable<Group>, decisions: readonly MergeDecision[]): Merge[] {
  const merged: Group[] = [];
  for (const group of groups) {
    const { records } = group;
    if (records.length > 1 && records.some(({ state }) => state !== 'kept')) merged.push(group);
  }
  return merged.map(({ id, records }) => {
    const reasons = reasonsOf(
      records.map(({ keys }) => keys),
      decisions,
    );
    return {
      id,
      title: records[0]!.keys.title,
      records: records.map(({ keys, number }, place) => ({
        file: keys.file,
        record: number,
        id: keys.id,
        ...(reasons[place] && { same: reasons[place] }),
      })),
    };
  });
}

/**
 * For each record of a paper but the first, another that it is of one paper with, and why.
 * @param records the one that counts most first.
 */
export function reasonsOf(
  records: readonly RecordKeys[],
  decisions: readonly MergeDecision[],
): readonly MergedRecord['same'][] {
  const { together } = placesOf(decisions, records);
  return records.map((record, place) => {
    if (place === 0) return undefined;
    const decided = together.find((pair) => pair.includes(place));
    if (decided) {
      return { as: decided[0] === place ? decided[1] : decided[0], why: { by: 'decision' } };
    }
    for (const [as, other] of records.entries()) {
      const why = as === place ? undefined : agreementOf(other, record);
      if (why) return { as, why };
    }
    return undefined;
  });
}
