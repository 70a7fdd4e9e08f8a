import type { Snapshot } from '../../../search/engine.ts';
import { nameOf, presentAuthor } from './authors.ts';
import type { FieldSelection } from './field-selection.ts';
import { findPaper } from './paper-lookup.ts';
import { presentPapers } from './present-papers.ts';

/** Papers by ids of any kind, in the order of the ids; null for an unknown one. */
export async function paperBatch(
  ids: readonly string[],
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<(Record<string, unknown> | null)[]> {
  const found = await Promise.all(ids.map((id) => findPaper(id, snapshot)));
  const known = found.filter((id) => id !== undefined);
  const papers = await Promise.all(known.map((id) => snapshot.paper(id)));
  const presented = await presentPapers(snapshot, papers, selection);
  let next = 0;
  return found.map((id) => (id === undefined ? null : presented[next++]!));
}

/** Authors by their ids, in the order of the ids; null for an unknown one. */
export function authorBatch(
  ids: readonly string[],
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<(Record<string, unknown> | null)[]> {
  return Promise.all(
    ids.map(async (id) => {
      const name = await nameOf(id, snapshot);
      return name === undefined ? null : presentAuthor(name, selection, snapshot);
    }),
  );
}
