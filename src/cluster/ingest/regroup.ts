import { type Assembled, assemble } from '../../ingest/assemble.ts';
import type { EarlierPaper } from '../../ingest/earlier-papers.ts';
import type { Group } from '../../ingest/groups.ts';
import { DisjointSets } from '../../ingest/identity/disjoint-sets.ts';
import type { RecordKeys } from '../../ingest/identity/record-keys.ts';
import { type RecordOutcome, RecordSet, type SourceRecord } from '../../ingest/record-set.ts';
import type { RecordPlace } from '../../ingest/record-store.ts';
import type { Paper } from '../../papers/paper.ts';
import type { Notice } from '../../papers/read/reader.ts';
import type { StatusByKey } from '../../papers/read/retractions.ts';
import { contentDigest } from './content-digest.ts';
import { idKey, joiningKeys, type Key } from './identity-keys.ts';
import type { Neighbour, Neighbourhood } from './neighbourhood.ts';
import type { Base, KnownRecord, WantedPaper } from './paper-store.ts';
import type { SeenRecords } from './seen-records.ts';

/** A record that was read, with its line. */
export interface ReadRecord {
  readonly paper: Paper;
  readonly line: number;
  readonly keys: RecordKeys;
}

/** What is done to records. */
export interface Work {
  readonly read: readonly ReadRecord[];
  /** Ids of papers to look at, beside those that the records touch. */
  readonly papers?: readonly string[] | undefined;
  /** Which records of these papers go. */
  readonly remove?: ((record: SourceRecord, paper: string) => boolean) | undefined;
  readonly statuses?: StatusByKey | undefined;
}

/** What becomes of records and papers that belong together; independent of all others. */
export interface Component {
  readonly read: { readonly record: ReadRecord; readonly outcome: RecordOutcome; readonly notice?: Notice }[];
  readonly before: Neighbour[];
  /** Papers that are written, without their vectors; and papers that are not there any more. */
  readonly wanted: Omit<WantedPaper, 'vector'>[];
  readonly gone: Neighbour[];
  /** All groups of the component. */
  readonly groups: Group[];
  /** How many more papers consist only of records of this change. */
  added: number;
  /** Records that were removed. */
  removed: number;
}

export interface Regrouped {
  readonly components: Component[];
  readonly records: RecordSet;
  readonly marked: number;
}

/**
 * Does the work on the records of a neighbourhood, and groups them again.
 * @param instant of the change, in milliseconds since 1970.
 */
export async function regroup(
  work: Work,
  hood: Neighbourhood,
  seen: SeenRecords,
  instant: number,
  keepDuplicates: boolean,
): Promise<Regrouped> {
  const store = new MemoryRecords();
  const records = new RecordSet(store);
  const bases = new Map<string, { readonly place: number; readonly base: Base }>();
  /** The paper that a record is of. */
  const paperOf = new Map<SourceRecord, Neighbour>();
  const neighbours = [...hood.papers.values()].sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
  const owners: Neighbour[] = [];
  const isTakenOver = takenOver(neighbours);
  for (const neighbour of neighbours) {
    for (const { record, base } of neighbour.records) {
      if (isTakenOver(neighbour, record)) continue;
      if (base && !bases.has(base.id)) bases.set(base.id, { place: bases.size, base });
      owners.push(neighbour);
      records.keep(record, base ? bases.get(base.id)!.place : -1, store.keep(record));
    }
  }
  for (const record of records) {
    const place = record.place as { readonly nth: number };
    paperOf.set(record, owners[place.nth]!);
    // Makes the digest, a part of the record's name.
    records.digestOf(record);
    const line = seen.lineOf(nameOf(record));
    if (line !== undefined) Object.assign(record, { line });
  }

  const components = new Components(work.read, neighbours, hood);
  for (const record of work.read) {
    const { outcome, notice } = records.add(record.paper, record.line);
    components.ofRead(record).read.push({ record, outcome, ...(notice && { notice }) });
  }
  // The new ones, too.
  for (const record of records) records.digestOf(record);
  const { remove } = work;
  if (remove) {
    records.remove((record) => {
      const paper = paperOf.get(record);
      const isUnwanted = paper !== undefined && remove(record, paper.paper.id);
      if (isUnwanted) components.ofPaper(paper).removed++;
      return isUnwanted;
    });
  }
  const marked = work.statuses ? records.mark(work.statuses) : 0;

  const earlier: EarlierPaper[] = Array.from(bases.values(), ({ base }) => ({ ...base, records: 0 }));
  const baseOf = Array.from(bases.values(), ({ base }) => base);
  let assembled: Assembled;
  do {
    assembled = await assemble(records, earlier, keepDuplicates, [], hood.taken);
  } while (
    await hood.lookUp(
      [...assembled.groups].flatMap(({ id, aliases }) => [id, ...aliases]).filter((id) => !hood.knows(id)),
    )
  );

  const groups = [...assembled.groups];
  const lost = await lostBases(groups, hood);
  for (const [doc, group] of groups.entries()) {
    const first = group.records[0]!;
    const component = components.ofRecord(first, paperOf.get(first));
    component.groups.push(group);
    const isFresh = group.records.every(({ earlierDoc }) => earlierDoc < 0);
    if (isFresh) component.added++;
    const before = hood.papers.get(group.id);
    if (before && isAsBefore(group, before, paperOf)) continue;
    const paper = assembled.papers.at(doc)!;
    const known = group.records.map((record): KnownRecord => {
      return { record: records.read(record), base: baseOf[record.earlierDoc] };
    });
    const { version, citations = 0 } = before ?? {};
    const arrival = arrivalOf(group, paper, known, component);
    component.wanted.push({ paper, records: known, version, citations, replaces: [], ...arrival });
  }
  for (const component of components.all) {
    const ids = new Set(component.groups.map(({ id }) => id));
    component.gone.push(...component.before.filter(({ paper }) => !ids.has(paper.id)));
    const touched = component.before.filter(
      (paper) =>
        component.gone.includes(paper) || component.wanted.some(({ version }) => version === paper.version),
    );
    for (const [place, wanted] of component.wanted.entries()) {
      const others = touched.filter(({ version }) => version !== wanted.version);
      const replaces = others.map(({ paper, version }) => ({ id: paper.id, seqNo: version.if_seq_no }));
      component.wanted[place] = { ...wanted, replaces };
    }
    component.added -= component.before.filter((paper) => paper.records.every(({ base }) => !base)).length;
  }
  return { components: components.all, records, marked };

  /** When a paper came in and last changed, as `arrivalsOf` has it. */
  function arrivalOf(group: Group, paper: Paper, known: readonly KnownRecord[], { before }: Component) {
    const ids = new Set([group.id, ...group.aliases, ...group.records.map(({ keys }) => keys.id)]);
    const own = known.flatMap(({ base }) => base ?? []);
    // One whose records are all new may be the paper that others of these papers were when the change began.
    const others = before.flatMap((each) => each.records.flatMap(({ base }) => base ?? []));
    const bases = own.length > 0 ? own : [...others, ...lost].filter(({ id }) => ids.has(id));
    const nearest = bases.find(({ id }) => id === group.id) ?? bases[0];
    if (!nearest) return { added: instant, changed: instant };
    const isSame = nearest.said === contentDigest(paper);
    return {
      added: Math.min(...bases.map(({ added }) => added)),
      changed: isSame ? nearest.changed : instant,
    };
  }
}

/**
 * Which records a document has given to others, although it still has them: a worker was killed between writing those and
 * this one.
 */
function takenOver(papers: readonly Neighbour[]): (paper: Neighbour, record: Paper) => boolean {
  const slots = new Map<string, Set<string>>();
  for (const { replaces, keys } of papers) {
    for (const { id, seqNo } of replaces) {
      const name = `${seqNo} ${id}`;
      const taken = slots.get(name) ?? new Set();
      slots.set(name, taken);
      for (const record of keys) taken.add(slotOf(record));
    }
  }
  return ({ paper, version }, { id, source }) =>
    slots.get(`${version.if_seq_no} ${paper.id}`)?.has(slotOf({ id, file: source.file })) ?? false;
}

/** Papers that are gone, and whose ids new papers have: these may be the same ones, whose records were all replaced. */
async function lostBases(groups: readonly Group[], hood: Neighbourhood): Promise<Base[]> {
  const fresh = groups.filter(({ records }) => records.every(({ earlierDoc }) => earlierDoc < 0));
  const ids = fresh.flatMap(({ id, aliases, records }) => [
    id,
    ...aliases,
    ...records.map(({ keys }) => keys.id),
  ]);
  return hood.bases([...new Set(ids)].filter((id) => hood.absent.has(id)));
}

/** What distinguishes a record from all others. @param record with its digest. */
export function nameOf({ keys: { file, id }, digest }: SourceRecord): string {
  return `${file}\n${id}\n${digest}`;
}

/** Whether a group is the paper that is there: the same records, not new, updated or moved, and the same ids. */
function isAsBefore(
  { aliases, records }: Group,
  before: Neighbour,
  paperOf: ReadonlyMap<SourceRecord, Neighbour>,
): boolean {
  return (
    records.length === before.records.length &&
    records.every((record) => record.state === 'kept' && paperOf.get(record) === before) &&
    aliases.join('\n') === (before.paper.aliases ?? []).join('\n')
  );
}

/** The records of a batch, in memory. */
class MemoryRecords {
  readonly #kept: Paper[] = [];
  readonly #spooled: Paper[] = [];

  /** @returns the place of a record that is there already. */
  keep(record: Paper): number {
    return this.#kept.push(record) - 1;
  }

  append(record: Paper): RecordPlace {
    return { spooled: this.#spooled.push(record) - 1 };
  }

  read(place: RecordPlace): Paper {
    return 'spooled' in place ? this.#spooled[place.spooled]! : this.#kept[place.nth]!;
  }
}

/** Which records and papers belong together: those that a key connects, directly or over others. */
class Components {
  readonly all: Component[] = [];
  readonly #sets: DisjointSets;
  readonly #byRoot = new Map<number, Component>();
  readonly #ofRead = new Map<ReadRecord, number>();
  readonly #ofPaper = new Map<Neighbour, number>();
  readonly #ofKey = new Map<string, number>();

  constructor(read: readonly ReadRecord[], papers: readonly Neighbour[], hood: Neighbourhood) {
    this.#sets = new DisjointSets(read.length + papers.length);
    read.forEach((record, place) => {
      this.#ofRead.set(record, place);
      this.#connect(place, record.keys, hood);
    });
    papers.forEach((paper, n) => {
      const place = read.length + n;
      this.#ofPaper.set(paper, place);
      for (const keys of paper.keys) this.#connect(place, keys, hood);
      for (const { base } of paper.records) if (base) this.#join(place, `base\n${base.id}`);
    });
    for (const paper of papers) this.ofPaper(paper).before.push(paper);
  }

  ofRead(record: ReadRecord): Component {
    return this.#at(this.#ofRead.get(record)!);
  }

  ofPaper(paper: Neighbour): Component {
    return this.#at(this.#ofPaper.get(paper)!);
  }

  /** @param paper that had the record; undefined of a new one. */
  ofRecord({ keys }: SourceRecord, paper: Neighbour | undefined): Component {
    return paper ? this.ofPaper(paper) : this.#at(this.#ofKey.get(slotOf(keys))!);
  }

  #connect(place: number, keys: RecordKeys, hood: Neighbourhood): void {
    this.#join(place, slotOf(keys));
    for (const key of joiningKeys(keys)) if (hood.joins(key)) this.#join(place, key);
  }

  #join(place: number, key: string): void {
    const other = this.#ofKey.get(key);
    if (other === undefined) this.#ofKey.set(key, place);
    else this.#sets.join(place, other);
  }

  #at(place: number): Component {
    const root = this.#sets.find(place);
    const known = this.#byRoot.get(root);
    if (known) return known;
    const made: Component = {
      read: [],
      before: [],
      wanted: [],
      gone: [],
      groups: [],
      added: 0,
      removed: 0,
    };
    this.#byRoot.set(root, made);
    this.all.push(made);
    return made;
  }
}

function slotOf({ id, file }: Pick<RecordKeys, 'id' | 'file'>): string {
  return `slot\n${file}\n${id}`;
}

/** All keys of a component with the papers that have them afterwards: pairs of a paper and, of ids, a file. */
export function pointersOf(
  { groups, before }: Component,
  hood: Neighbourhood,
): Map<Key, { readonly paper: string; readonly file: string }[]> {
  const pointers = new Map<Key, { readonly paper: string; readonly file: string }[]>();
  const touch = (key: Key) => {
    const known = pointers.get(key) ?? [];
    pointers.set(key, known);
    return known;
  };
  // Papers that are gone: others have to notice that, too.
  for (const { paper, keys } of before) {
    for (const id of [paper.id, ...(paper.aliases ?? [])]) touch(idKey(id));
    for (const record of keys) {
      touch(hood.keyOfSlot(record.id, record.file));
      for (const key of joiningKeys(record)) touch(key);
    }
  }
  for (const { id: paper, aliases, records } of groups) {
    for (const { keys } of records) {
      touch(hood.keyOfSlot(keys.id, keys.file)).push({ paper, file: keys.file });
      for (const key of joiningKeys(keys)) touch(key).push({ paper, file: '' });
    }
    for (const id of [paper, ...aliases]) touch(idKey(id)).push({ paper, file: '' });
  }
  return pointers;
}
