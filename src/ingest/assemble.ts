import type { MergeDecision } from '../indexes/store/manifest.ts';
import type { StoredPaper } from '../indexes/store/snapshot-writer.ts';
import type { Paper, PaperSequence } from '../papers/paper.ts';
import { AffectedPapers } from './affected.ts';
import { byPrecedence, combine } from './combine.ts';
import { placesOf } from './decisions.ts';
import { type EarlierPapers, StoredPapers } from './earlier-papers.ts';
import { type Group, Groups } from './groups.ts';
import { groupRecords } from './identity/grouping.ts';
import type { IdSet } from './identity/paper-ids.ts';
import { PlaceLists } from './identity/place-lists.ts';
import type { KeptRecords } from './kept-records.ts';
import { MadeGroups } from './made-groups.ts';
import type { RecordSet, SourceRecord } from './record-set.ts';

/** Papers that stay in memory while others read them: more than between two pauses of any of these. */
const KEPT = 256;

/** The papers of an index, made of the records of all sources. */
export interface Assembled {
  /** In the order of their ids; made of their records at each reading. */
  readonly papers: PaperSequence;
  /** The records of a paper that differs from its only record or has several; empty for the other papers. */
  readonly recordsOf: (doc: number) => readonly Paper[];
  /** The line of a paper that is its only record and that this ingest stored; undefined for the others. */
  readonly storedAs: (doc: number) => StoredPaper | undefined;
  /** Position in the previous snapshot of each paper that is unchanged; -1 for the others. */
  readonly unchanged: Int32Array;
  /** Whether anything differs from the previous snapshot. */
  readonly changed: boolean;
  readonly withoutAbstract: number;
  /** New records that became separate papers, and new records that were merged into another paper. */
  readonly added: number;
  readonly merged: number;
  /** Papers that several records make. */
  readonly several: number;
  /** The papers with the records that make each, the one that counts most first; in the order of `papers`. */
  readonly groups: Groups;
}

/**
 * Makes papers of records: puts those of one paper together, gives ids, and combines what they say.
 * @param earlier the papers of the previous snapshot, by position.
 * @param keepDuplicates whether every record becomes a separate paper.
 * @param decisions what people decided about pairs of records.
 * @param taken ids of papers that are made of other records.
 * @param isGroupedLikewise whether the previous snapshot has groups as this would make: then only papers that the changes may
 *   affect are grouped again where its records were not read, which gives the same. Default: all are.
 */
export async function assemble(
  records: RecordSet,
  earlier: EarlierPapers,
  keepDuplicates: boolean,
  decisions: readonly MergeDecision[] = [],
  taken?: IdSet,
  isGroupedLikewise = false,
): Promise<Assembled> {
  const { kept, others } = records;
  if (!isGroupedLikewise || !kept || !(earlier instanceof StoredPapers)) {
    const groups = await groupsOf([...records], records, earlier, keepDuplicates, decisions, taken);
    return assembled(new Groups(groups), records, earlier);
  }
  const affected = await AffectedPapers.of(kept, others, earlier, decisions);
  let groups: MadeGroups;
  do {
    const some = [...affected.records(), ...others];
    groups = await groupsOf(some, records, earlier, keepDuplicates, decisions, affected.otherIds);
  } while (await affected.addRenamed(groups));
  return assembled(withOthers(groups, kept, earlier, affected), records, earlier);
}

/** Groups of records, in the order of their ids. @param all some of the records of a set. */
async function groupsOf(
  all: readonly SourceRecord[],
  records: RecordSet,
  earlier: EarlierPapers,
  keepDuplicates: boolean,
  decisions: readonly MergeDecision[],
  taken: IdSet | undefined,
): Promise<MadeGroups> {
  const keys = all.map((record) => record.keys);
  const lists = keepDuplicates
    ? PlaceLists.ofEach(all.length)
    : await groupRecords(keys, placesOf(decisions, keys));
  const sorted = (group: readonly SourceRecord[]) => inPrecedence(group, records);
  return MadeGroups.of(all, lists, sorted, (doc) => earlier.at(doc), taken);
}

/** Groups with the papers of the previous snapshot that are not affected, in the order of their ids. */
function withOthers(
  groups: MadeGroups,
  kept: KeptRecords<SourceRecord>,
  earlier: StoredPapers,
  affected: AffectedPapers,
): Groups {
  const positions = new Int32Array(earlier.length + groups.length);
  let length = 0;
  let doc = 0;
  const takeBefore = (end: number) => {
    for (; doc < end; doc++) if (!affected.hasPaper(doc)) positions[length++] = doc;
  };
  for (const { id } of groups) {
    takeBefore(earlier.countBefore(id));
    positions[length++] = -1;
  }
  takeBefore(earlier.length);
  const groupOf = (position: number) => {
    const { id, aliases } = earlier.at(position);
    return { id, aliases, records: kept.peekOf(position) };
  };
  return new Groups(groups, { positions: positions.slice(0, length), groupOf });
}

function assembled(groups: Groups, records: RecordSet, earlier: EarlierPapers): Assembled {
  const unchanged = new Int32Array(groups.length);
  let [added, fresh, several, withoutAbstract] = [0, 0, 0, 0];
  for (let doc = 0; doc < groups.length; doc++) {
    const staying = groups.stayingAt(doc);
    if (staying >= 0) {
      const { facts } = records.kept!;
      unchanged[doc] = staying;
      if (facts.arrays.counts[staying]! > 1) several++;
      if (!facts.hasAbstract(staying)) withoutAbstract++;
      continue;
    }
    const group = groups.at(doc);
    unchanged[doc] = positionBefore(group, earlier);
    const ofNew = group.records.filter(({ state }) => state === 'new').length;
    fresh += ofNew;
    if (ofNew === group.records.length) added++;
    if (group.records.length > 1) several++;
    if (!group.records.some(({ hasAbstract }) => hasAbstract)) withoutAbstract++;
  }
  return {
    papers: withLast(groups.length, (doc) => paperOf(groups.at(doc), records)),
    recordsOf: (doc) => {
      const group = groups.at(doc);
      return isItsRecord(group) ? [] : group.records.map((record) => records.read(record));
    },
    storedAs: (doc) => {
      const group = groups.at(doc);
      const [record] = group.records;
      const line = isItsRecord(group) ? records.lineOf(record!) : undefined;
      return line && { id: group.id, hasAbstract: record!.hasAbstract, line };
    },
    unchanged,
    changed: groups.length !== earlier.length || unchanged.includes(-1),
    withoutAbstract,
    added,
    merged: fresh - added,
    groups,
    several,
  };
}

/** Papers of which the last ones stay: those who read them side by side read each once. */
function withLast(length: number, read: (doc: number) => Paper): PaperSequence {
  const last = new Array<{ readonly doc: number; readonly paper: Paper } | undefined>(KEPT);
  return {
    length,
    at: (doc) => {
      const known = last[doc % KEPT];
      if (known?.doc === doc) return known.paper;
      const paper = read(doc);
      last[doc % KEPT] = { doc, paper };
      return paper;
    },
  };
}

function inPrecedence(group: readonly SourceRecord[], records: RecordSet): readonly SourceRecord[] {
  return group
    .map((record) => ({ record, paper: records.read(record) }))
    .sort((a, b) => byPrecedence(a.paper, b.paper))
    .map(({ record }) => record);
}

function paperOf(group: Group, records: RecordSet): Paper {
  const { id: _, ...said } = combine(group.records.map((record) => records.read(record)));
  return { id: group.id, ...said, ...(group.aliases.length > 0 && { aliases: group.aliases }) };
}

/** Whether a paper says what its only record says, under the same id. */
function isItsRecord({ id, aliases, records }: Group): boolean {
  return records.length === 1 && records[0]!.keys.id === id && aliases.length === 0;
}

/** The position of the paper in the previous snapshot, if it has the same records and ids there; else -1. */
function positionBefore({ id, aliases, records }: Group, earlier: EarlierPapers): number {
  const { earlierDoc: doc } = records[0]!;
  const before = doc < 0 ? undefined : earlier.at(doc);
  const isAsBefore =
    before !== undefined &&
    records.every(({ state, earlierDoc }) => state === 'kept' && earlierDoc === doc) &&
    records.length === before.records &&
    id === before.id &&
    aliases.join('\n') === before.aliases.join('\n');
  return isAsBefore ? doc : -1;
}
