import { ID_KINDS } from '../papers/id-kinds.ts';
import type { Paper } from '../papers/paper.ts';
import type { Snapshot } from '../search/engine.ts';
import { paperOrNone } from '../search/papers-by-id.ts';
import type { Collection, CollectionEntry, KeptPaper } from './collection.ts';
import type { FollowedPaper } from './events.ts';
import { mergeEntries } from './state.ts';

/** An entry with its paper as the index has it now. */
export interface ResolvedEntry extends Omit<CollectionEntry, 'paper'> {
  /** The paper of the index; what was known of it where the index no longer has it. */
  readonly paper: Paper;
  readonly inIndex: boolean;
  /** The entries that are shown as one, by the ids of their papers: several if their papers were merged. */
  readonly ids: readonly string[];
}

type Papers = Pick<Snapshot, 'paper'>;

/**
 * The entries of a collection with the papers of a snapshot. Papers are found by id, by former ids and by identifiers;
 * entries whose papers have become one are one entry with the notes of both, at the place of the first.
 */
export async function resolveEntries(
  entries: readonly CollectionEntry[],
  snapshot: Papers,
): Promise<ResolvedEntry[]> {
  const resolved = new Map<string, ResolvedEntry>();
  for (const entry of entries) {
    const paper = await findPaper(entry.paper, snapshot);
    const { id } = paper ?? entry.paper;
    const before = resolved.get(id);
    const merged = before ? mergeEntries(before, entry) : entry;
    resolved.set(id, {
      ...merged,
      paper: paper ?? entry.paper,
      inIndex: paper !== undefined,
      ids: [...(before?.ids ?? []), entry.paper.id],
    });
  }
  return [...resolved.values()];
}

/** What has to be written so that the entries of a collection have the ids that their papers have now. */
export function followedPapers(resolved: readonly ResolvedEntry[]): FollowedPaper[] {
  return resolved.flatMap(({ paper, ids }) =>
    ids.length === 1 && ids[0] === paper.id ? [] : [{ from: ids, paper }],
  );
}

/** The paper that an id in a request means: that of an entry by any of its ids, or of the index. */
export async function entryIdOf(
  { entries }: Collection,
  resolved: readonly ResolvedEntry[],
  id: string,
  snapshot: Papers,
): Promise<string | undefined> {
  if (entries.some(({ paper }) => paper.id === id)) return id;
  const shown = (wanted: string) =>
    resolved.find(({ paper, ids }) => paper.id === wanted || ids.includes(wanted));
  const paper = shown(id) ? undefined : await paperOrNone(snapshot, id);
  return (shown(id) ?? (paper && shown(paper.id)))?.paper.id;
}

/**
 * The paper of the index that a kept paper is: by its id, then by ids that it had before, then by its identifiers, the
 * strongest first. An identifier that several papers have says nothing.
 */
export async function findPaper(kept: KeptPaper, snapshot: Papers): Promise<Paper | undefined> {
  const identifiers = ID_KINDS.flatMap((kind) => {
    const value = kept.externalIds[kind];
    return value === undefined ? [] : [`${kind}:${value}`];
  });
  for (const id of [kept.id, ...(kept.aliases ?? []), ...identifiers]) {
    const paper = await paperOrNone(snapshot, id);
    if (paper) return paper;
  }
  return undefined;
}
