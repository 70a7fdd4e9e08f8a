import type { MergeDecision, RecordRef } from '../indexes/store/manifest.ts';
import type { Decisions } from './identity/groups.ts';
import type { RecordKeys } from './identity/record-keys.ts';

/** How a decision names a record: by its file, the id that it has there, and its title, since a file may repeat an id. */
export function refOf({ file, id, titleKey }: RecordKeys): RecordRef {
  return { file, id, title: titleKey };
}

/** Decisions about pairs of records, the newest of a pair alone. */
export function withDecisions(
  before: readonly MergeDecision[],
  added: readonly MergeDecision[],
): readonly MergeDecision[] {
  const byPair = new Map<string, MergeDecision>();
  for (const decision of [...before, ...added]) {
    const key = decision.records
      .map((ref) => JSON.stringify([ref.file, ref.id, ref.title]))
      .sort()
      .join();
    byPair.delete(key);
    byPair.set(key, decision);
  }
  return [...byPair.values()];
}

/**
 * Decisions as places of records. A decision about a record that is not there waits until it comes back; a record
 * whose title has changed is known by its file and id, if these are one record's only.
 */
export function placesOf(decisions: readonly MergeDecision[], records: readonly RecordKeys[]): Decisions {
  if (decisions.length === 0) return { together: [], apart: [] };
  const meant = new Set(decisions.flatMap(({ records: pair }) => pair.map(slotOf)));
  const bySlot = new Map<string, number[]>();
  records.forEach((record, place) => {
    const slot = slotOf(record);
    if (meant.has(slot)) bySlot.set(slot, [...(bySlot.get(slot) ?? []), place]);
  });
  const find = (ref: RecordRef): readonly number[] => {
    const places = bySlot.get(slotOf(ref)) ?? [];
    const exact = places.filter((place) => records[place]!.titleKey === ref.title);
    return exact.length > 0 ? exact : places.length === 1 ? places : [];
  };
  const pairs = (kind: MergeDecision['kind']) =>
    decisions
      .filter((decision) => decision.kind === kind)
      .flatMap(({ records: [a, b] }) => find(a).flatMap((x) => find(b).map((y) => [x, y] as const)))
      .filter(([x, y]) => x !== y);
  return { together: pairs('together'), apart: pairs('apart') };
}

function slotOf({ file, id }: { readonly file: string; readonly id: string }): string {
  return `${file}\n${id}`;
}
