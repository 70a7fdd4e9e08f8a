import { hashOfText } from '../../indexes/store/records-by-id.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { pause } from '../../util/pause.ts';
import { areAllNumberedApart, areApart, sharedId, titleAgreement } from './agreement.ts';
import { type Decisions, Groups, MAX_COMPARED, NO_DECISIONS } from './groups.ts';
import type { PlaceLists } from './place-lists.ts';
import type { RecordKeys } from './record-keys.ts';

/** Ids, or titles, between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;
/** Counts of hashes for each key: at most one key in so many shares its count with another by chance. */
const COUNTS_OF_A_KEY = 4;

/**
 * Groups the records of each paper: first those that a user joined, then those that share an external id, then those
 * with the same title, as `agreementOf` says. Two records that are apart are never in one group, unless a user joined
 * them. The order of the records does not matter. A record that could belong to several papers stays on its own. The
 * time is linear in the number of records.
 * @returns the places of each paper's records.
 */
export async function groupRecords(
  records: readonly RecordKeys[],
  decisions: Decisions = NO_DECISIONS,
): Promise<PlaceLists> {
  const groups = new Groups(records, decisions);
  const byId = shared(records, ({ externalIds }) => externalIds, hashOfText);
  for (const [n, [, places]] of sorted(byId).entries()) {
    if (n % YIELD_EVERY === 0) await pause();
    joinByExternalId(inOrder(places, records), records, groups);
  }
  const byTitle = await sharedTitles(records);
  for (const [n, [, places]] of sorted(byTitle).entries()) {
    if (n % YIELD_EVERY === 0) await pause();
    joinByTitle(inOrder(places, records), records, groups);
  }
  return groups.all();
}

/** Places in an order that does not depend on that of reading: those with external ids first, then those with authors. */
function inOrder(places: readonly number[], records: readonly RecordKeys[]): number[] {
  const beginning = ({ id, file, year }: RecordKeys) => `${id}\n${file}\n${year}\n`;
  const compare = (a: RecordKeys, b: RecordKeys) => {
    const [left, right] = [beginning(a), beginning(b)];
    // A title is read from disk: only where it matters.
    if (!left.startsWith(right) && !right.startsWith(left)) return compareTexts(left, right);
    return compareTexts(left + a.title, right + b.title);
  };
  return places.toSorted((x, y) => {
    const [a, b] = [records[x]!, records[y]!];
    return (
      Number(b.externalIds.length > 0) - Number(a.externalIds.length > 0) ||
      Number(b.isAuthored) - Number(a.isAuthored) ||
      compare(a, b)
    );
  });
}

/** The keys that several records have, and the places of those, ascending. @param hashOf a key, an integer of 32 bits. */
function shared<Key>(
  records: readonly RecordKeys[],
  keys: (record: RecordKeys) => readonly Key[],
  hashOf: (key: Key) => number,
): Map<Key, number[]> {
  const first = new Map<Key, number>();
  const places = new Map<Key, number[]>();
  // Nearly all keys are of one record: a byte each distinguishes most of them from the others, where a map takes 50.
  const counts = countsOf(records, keys, hashOf);
  records.forEach((record, place) => {
    for (const key of keys(record)) {
      if (counts[hashOf(key) & (counts.length - 1)] === 1) continue;
      const before = first.get(key);
      if (before === undefined) {
        first.set(key, place);
        continue;
      }
      const known = places.get(key);
      if (known) known.push(place);
      else places.set(key, [before, place]);
    }
  });
  return places;
}

/** Of each remainder of hashes by the length of the list: 1 for one key, 2 for several; the length is a power of two. */
function countsOf<Key>(
  records: readonly RecordKeys[],
  keys: (record: RecordKeys) => readonly Key[],
  hashOf: (key: Key) => number,
): Uint8Array {
  const all = records.reduce((sum, record) => sum + keys(record).length, 0);
  const counts = new Uint8Array(2 ** Math.ceil(Math.log2(all * COUNTS_OF_A_KEY + 1)));
  for (const record of records) {
    for (const key of keys(record)) {
      const at = hashOf(key) & (counts.length - 1);
      if (counts[at]! < 2) counts[at]!++;
    }
  }
  return counts;
}

/** The titles that several records have, unless they are apart by their numbers in any case. */
async function sharedTitles(records: readonly RecordKeys[]): Promise<Map<string, number[]>> {
  const ofTitle = ({ titleHash }: RecordKeys) => (titleHash === 0 ? [] : [titleHash]);
  const byHash = shared(records, ofTitle, (hash) => hash);
  const byTitle = new Map<string, number[]>();
  let read = 0;
  for (const places of byHash.values()) {
    if (areAllNumberedApart(places.map((place) => records[place]!))) continue;
    for (const place of places) {
      if (read++ % YIELD_EVERY === 0) await pause();
      const { titleKey } = records[place]!;
      const known = byTitle.get(titleKey);
      if (known) known.push(place);
      else byTitle.set(titleKey, [place]);
    }
  }
  return byTitle;
}

/** Keys that several records have, in their order. */
function sorted(places: ReadonlyMap<string, number[]>): [string, number[]][] {
  return [...places].filter(([, list]) => list.length > 1).sort(([a], [b]) => compareTexts(a, b));
}

/** Joins records of one external id. @param places as `inOrder` sorts them. */
function joinByExternalId(places: readonly number[], records: readonly RecordKeys[], groups: Groups): void {
  /** Records that were compared, by the title that they have. */
  const heads: number[] = [];
  const titled = places.filter((place) => records[place]!.titleKey !== '');
  const untitled = places.filter((place) => records[place]!.titleKey === '');
  for (const place of [...titled, ...untitled]) {
    const record = records[place]!;
    const agreeing = heads.filter((head) => sharedId(records[head]!, record) !== undefined);
    const papers = new Set(agreeing.map((head) => groups.find(head)));
    const sameTitle = agreeing.find((head) => records[head]!.titleKey === record.titleKey);
    // A record without a title may match several papers of this id. Then it is not joined to any of them.
    const into = sameTitle ?? (papers.size === 1 ? agreeing[0] : undefined);
    if (into !== undefined) groups.join(into, place);
    const isNew = sameTitle === undefined || groups.find(sameTitle) !== groups.find(place);
    if (isNew && heads.length < MAX_COMPARED) heads.push(place);
  }
}

/** Joins groups that have records of one title. @param places as `inOrder` sorts them. */
function joinByTitle(places: readonly number[], records: readonly RecordKeys[], groups: Groups): void {
  const roots = [...new Set(places.map((place) => groups.find(place)))];
  if (roots.length < 2) return;
  const candidates = roots.map((root) => new Candidate(root, groups, records));
  const clusters: Candidate[] = [];
  const byName = new Map<string, Candidate[]>();
  const take = (candidate: Candidate, into: Candidate | undefined) => {
    const cluster = into && groups.join(into.root, candidate.root) ? into : candidate;
    if (cluster === candidate) clusters.push(candidate);
    else cluster.add(candidate);
    for (const name of candidate.names) {
      const known = byName.get(name);
      if (!known) byName.set(name, [cluster]);
      else if (!known.includes(cluster)) known.push(cluster);
    }
  };
  for (const candidate of candidates.filter(({ names }) => names.size > 0)) {
    const near = new Set(
      [...candidate.names].flatMap((name) => byName.get(name) ?? []).slice(0, MAX_COMPARED),
    );
    take(
      candidate,
      nearest(
        candidate,
        [...near].filter((cluster) => belongTogether(cluster, candidate)),
      ),
    );
  }
  const authored = clusters.slice(0, MAX_COMPARED);
  const unauthored: Candidate[] = [];
  for (const candidate of candidates.filter(({ names }) => names.size === 0)) {
    const near = authored.filter((cluster) => belongTogether(cluster, candidate));
    const into =
      near.length === 1 ? near[0] : unauthored.find((cluster) => belongTogether(cluster, candidate));
    take(candidate, into);
    if (!into && unauthored.length < MAX_COMPARED) unauthored.push(candidate);
  }
}

/** Of several papers that a group could belong to, the one with the nearest year; undefined if two are equally near. */
function nearest(candidate: Candidate, clusters: readonly Candidate[]): Candidate | undefined {
  if (clusters.length < 2) return clusters[0];
  const distances = clusters.map((cluster) => {
    const apart = cluster.records.flatMap((x) =>
      candidate.records.flatMap((y) =>
        x.year === undefined || y.year === undefined ? [] : Math.abs(x.year - y.year),
      ),
    );
    return Math.min(...apart);
  });
  const least = Math.min(...distances);
  const best = clusters.filter((_, n) => distances[n] === least);
  return best.length === 1 ? best[0] : undefined;
}

/** Whether groups are of one paper: some records with the same title agree, and no two are apart. */
function belongTogether(a: Candidate, b: Candidate): boolean {
  const pairs = a.records.flatMap((x) => b.records.map((y) => [x, y] as const));
  return (
    pairs.some(([x, y]) => x.titleKey === y.titleKey && titleAgreement(x, y) !== undefined) &&
    !pairs.some(([x, y]) => areApart(x, y))
  );
}

/** A group while it is compared. */
class Candidate {
  readonly root: number;
  readonly records: RecordKeys[];
  /** Whole words of the names of its authors. */
  readonly names: ReadonlySet<string>;

  constructor(root: number, groups: Groups, records: readonly RecordKeys[]) {
    this.root = root;
    this.records = groups
      .members(root)
      .slice(0, MAX_COMPARED)
      .map((place) => records[place]!);
    const words = this.records.flatMap(({ people }) => people.flatMap((person) => person.split(' ')));
    this.names = new Set(
      words.some((word) => word.length > 1) ? words.filter((word) => word.length > 1) : words,
    );
  }

  add({ records }: Candidate): void {
    if (this.records.length < MAX_COMPARED) this.records.push(...records);
  }
}
