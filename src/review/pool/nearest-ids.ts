import { EditRows } from '../../util/edit-distance.ts';

/** Edits that a mistyped id has at most, and ids that are proposed. */
const MAX_EDITS = 3;
const MAX_PROPOSED = 3;

/** The ids that are nearest to one that is unknown, the nearest first; none that differ by more than three letters. */
export function nearestIds(unknown: string, ids: Iterable<string>): readonly string[] {
  const rows = new EditRows(unknown, MAX_EDITS);
  const found: { readonly id: string; readonly distance: number }[] = [];
  for (const id of ids) {
    if (Math.abs(id.length - unknown.length) > MAX_EDITS) continue;
    const { distance } = rows.compare(id);
    if (distance !== undefined) found.push({ id, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_PROPOSED)
    .map(({ id }) => id);
}
