import { compareTexts } from '../../util/compare-texts.ts';
import { pause } from '../../util/pause.ts';
import { areApart, titleAgreement } from './agreement.ts';
import type { RecordKeys } from './record-keys.ts';

/** Groups of one title, and records of a group, that another is compared with: time stays in proportion to the records. */
const MAX_COMPARED = 64;

/** Titles between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/**
 * Puts records together that are of one paper: first those that share an external id, then those of one title, as
 * `agreementOf` says. The order of the records does not matter. A record that could belong to several papers of its
 * title stays on its own. Takes time in proportion to the records.
 * @returns the places of each paper's records.
 */
export async function groupRecords(records: readonly RecordKeys[]): Promise<number[][]> {
  const groups = new DisjointSets(records.length);
  const byId = placesBy(records, ({ externalIds }) => externalIds);
  for (const places of byId.values()) if (places.length > 1) joinByExternalId(places, records, groups);
  const byTitle = placesBy(records, ({ title }) => (title === '' ? [] : [title]));
  const titles = [...byTitle]
    .filter(([, places]) => places.length > 1)
    .sort(([a], [b]) => compareTexts(a, b));
  for (const [n, [, places]] of titles.entries()) {
    if (n % YIELD_EVERY === 0) await pause();
    joinByTitle(places, records, groups);
  }
  return groups.all();
}

function placesBy(
  records: readonly RecordKeys[],
  keys: (record: RecordKeys) => readonly string[],
): Map<string, number[]> {
  const places = new Map<string, number[]>();
  records.forEach((record, place) => {
    for (const key of keys(record)) {
      const known = places.get(key);
      if (known) known.push(place);
      else places.set(key, [place]);
    }
  });
  return places;
}

/** Joins records of one external id, but for those that share neither title nor author with the others. */
function joinByExternalId(
  places: readonly number[],
  records: readonly RecordKeys[],
  groups: DisjointSets,
): void {
  const firstWith = new Map<string, number>();
  for (const place of places) {
    const { title, families } = records[place]!;
    for (const key of [`title ${title}`, ...families.map((name) => `author ${name}`)]) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, place);
      else groups.join(first, place);
    }
  }
  // One without authors contradicts nobody, but cannot tell which of several papers it is.
  const authored = new Set(
    places.filter((place) => records[place]!.families.length > 0).map((place) => groups.find(place)),
  );
  if (authored.size > 1) return;
  for (const place of places) groups.join(places[0]!, place);
}

/** Joins groups that have records of one title. */
function joinByTitle(places: readonly number[], records: readonly RecordKeys[], groups: DisjointSets): void {
  const roots = [...new Set(places.map((place) => groups.find(place)))];
  if (roots.length < 2) return;
  const candidates = roots
    .map(
      (root) =>
        new Candidate(
          groups
            .members(root)
            .slice(0, MAX_COMPARED)
            .map((place) => records[place]!),
          root,
        ),
    )
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const joined: Candidate[] = [];
  const byFamily = new Map<string, Candidate[]>();
  const take = (candidate: Candidate, into: Candidate | undefined) => {
    if (into) groups.join(into.root, candidate.root);
    const cluster = into ?? candidate;
    if (!into) joined.push(candidate);
    else if (into.records.length < MAX_COMPARED) into.records.push(...candidate.records);
    for (const name of candidate.families) {
      const known = byFamily.get(name);
      if (!known) byFamily.set(name, [cluster]);
      else if (!known.includes(cluster)) known.push(cluster);
    }
  };
  for (const candidate of candidates.filter(({ families }) => families.size > 0)) {
    const near = [...candidate.families].flatMap((name) => byFamily.get(name) ?? []).slice(0, MAX_COMPARED);
    take(
      candidate,
      near.find((cluster) => belongTogether(cluster, candidate)),
    );
  }
  const authored = joined.slice(0, MAX_COMPARED);
  const unauthored: Candidate[] = [];
  for (const candidate of candidates.filter(({ families }) => families.size === 0)) {
    const near = authored.filter((cluster) => belongTogether(cluster, candidate));
    const into =
      near.length === 1 ? near[0] : unauthored.find((cluster) => belongTogether(cluster, candidate));
    take(candidate, into);
    if (!into && unauthored.length < MAX_COMPARED) unauthored.push(candidate);
  }
}

/** Whether groups go together: some records of one title agree, and no two contradict each other. */
function belongTogether(a: Candidate, b: Candidate): boolean {
  const pairs = a.records.flatMap((x) => b.records.map((y) => [x, y] as const));
  return (
    pairs.some(([x, y]) => x.title === y.title && titleAgreement(x, y) !== undefined) &&
    !pairs.some(([x, y]) => areApart(x, y))
  );
}

/** A group while it is compared. */
class Candidate {
  readonly records: RecordKeys[];
  readonly root: number;
  readonly families: ReadonlySet<string>;
  /** What groups are taken in order of, whatever order their records were read in. */
  readonly order: string;

  constructor(records: RecordKeys[], root: number) {
    this.records = records;
    this.root = root;
    this.families = new Set(records.flatMap(({ families }) => families));
    this.order = records.map(({ id, file, year }) => `${id}\n${file}\n${year}`).sort()[0]!;
  }
}

/** Sets of places that grow together (Tarjan, JACM 1975: union by size, path halving). */
class DisjointSets {
  readonly #parents: Int32Array;
  readonly #members = new Map<number, number[]>();

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, place) => place);
  }

  find(place: number): number {
    const parents = this.#parents;
    let root = place;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [left, right] = [this.find(a), this.find(b)];
    if (left === right) return;
    const [leftMembers, rightMembers] = [this.members(left), this.members(right)];
    const [into, from] = leftMembers.length < rightMembers.length ? [right, left] : [left, right];
    const members = this.members(into);
    for (const place of this.members(from)) members.push(place);
    this.#members.set(into, members);
    this.#members.delete(from);
    this.#parents[from] = into;
  }

  members(root: number): number[] {
    return this.#members.get(root) ?? [root];
  }

  /** Every set, in the order of its first member. */
  all(): number[][] {
    const sets = new Map<number, number[]>();
    this.#parents.forEach((_, place) => {
      const root = this.find(place);
      const set = sets.get(root);
      if (set) set.push(place);
      else sets.set(root, [place]);
    });
    return [...sets.values()];
  }
}
