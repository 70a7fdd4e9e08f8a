import type { Paper } from '../types.ts';
import { byPrecedence, combine } from './combine.ts';
import { groupRecords } from './identity/grouping.ts';
import { assignIds, type PaperIds } from './identity/paper-ids.ts';
import type { SourceRecord } from './record-set.ts';

/** What is known of a paper of the snapshot before. */
export interface EarlierPaper extends PaperIds {
  /** How many records made it. */
  readonly records: number;
}

/** The papers of an index, made of the records of all sources. */
export interface Assembled {
  /** In the order of their ids. */
  readonly papers: readonly Paper[];
  /** The records of each paper that says more than one record, or goes by another id; none for the others. */
  readonly records: readonly (readonly Paper[])[];
  /** Whether anything differs from the snapshot before. */
  readonly changed: boolean;
  /** Records of this ingest that made a paper of their own, and that went to one which is there or made with them. */
  readonly added: number;
  readonly merged: number;
  /** Papers that several records make. */
  readonly several: number;
}

/**
 * Makes papers of records: puts those of one paper together, gives ids, and combines what they say.
 * @param earlier the papers of the snapshot before, by position.
 * @param keepDuplicates whether every record makes a paper of its own.
 */
export function assemble(
  records: Iterable<SourceRecord>,
  earlier: readonly EarlierPaper[],
  keepDuplicates: boolean,
): Assembled {
  const all = [...records];
  const groups = keepDuplicates
    ? all.map((record) => [record])
    : groupRecords(all.map(({ keys }) => keys)).map((places) => places.map((place) => all[place]!));
  for (const group of groups) group.sort((a, b) => byPrecedence(a.paper, b.paper));
  const ids = assignIds(
    groups.map((group) => ({
      own: group.map(({ paper }) => paper.id),
      earlier: [...new Set(group.map(({ earlierDoc }) => earlierDoc))].flatMap((doc) => earlier[doc] ?? []),
      file: group[0]!.paper.source.file,
    })),
  );
  const made = groups.map((group, place) => paperOf(group, ids[place]!));
  const isAsBefore = (group: readonly SourceRecord[], place: number) => {
    const { earlierDoc: doc } = group[0]!;
    const before = earlier[doc];
    return (
      before !== undefined &&
      group.every(({ state, earlierDoc }) => state === 'kept' && earlierDoc === doc) &&
      group.length === before.records &&
      isSame(ids[place]!, before)
    );
  };
  const order = made.map((_, place) => place).sort((a, b) => (ids[a]!.id < ids[b]!.id ? -1 : 1));
  const fresh = groups.map((group) => group.filter(({ state }) => state === 'new').length);
  const added = groups.filter((group, place) => fresh[place] === group.length).length;
  return {
    papers: order.map((place) => made[place]!.paper),
    records: order.map((place) => made[place]!.records),
    changed: groups.length !== earlier.length || !groups.every(isAsBefore),
    added,
    merged: fresh.reduce((sum, count) => sum + count, 0) - added,
    several: groups.filter(({ length }) => length > 1).length,
  };
}

function paperOf(
  group: readonly SourceRecord[],
  { id, aliases }: PaperIds,
): { readonly paper: Paper; readonly records: readonly Paper[] } {
  const records = group.map(({ paper }) => paper);
  const combined = combine(records);
  if (records.length === 1 && combined.id === id && aliases.length === 0)
    return { paper: combined, records: [] };
  const { id: _, ...said } = combined;
  return { paper: { id, ...said, ...(aliases.length > 0 && { aliases }) }, records };
}

function isSame(a: PaperIds, b: PaperIds): boolean {
  return a.id === b.id && a.aliases.join('\n') === b.aliases.join('\n');
}
