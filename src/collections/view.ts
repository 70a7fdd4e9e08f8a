import { fold } from '../text/fold.ts';
import { tagKey } from './annotations.ts';
import {
  type Collection,
  type CollectionEntry,
  READ_STATES,
  type ReadState,
  SEED_ROLES,
  type SeedRole,
} from './collection.ts';

/** In which order entries are listed: the readers' own, or that of a field. */
export const ENTRY_ORDERS = ['order', 'added', 'changed', 'title', 'year', 'rating'] as const;
type EntryOrder = (typeof ENTRY_ORDERS)[number];

/** Which entries are listed: those that match all of these. */
export interface EntryQuery {
  /** Words that the title, an author, the note or a tag contains, without case and accents. */
  readonly text?: string | undefined;
  /** Tags that an entry has, all of them; case does not matter. */
  readonly tags?: readonly string[] | undefined;
  readonly state?: ReadState | undefined;
  readonly role?: SeedRole | undefined;
  readonly minRating?: number | undefined;
  /**
   * Default `order`, the readers' own. `added`, `changed`, `year`: newest first. `rating`: best first. Entries without a
   * value are last.
   */
  readonly sort?: EntryOrder | undefined;
}

/** What a list of collections says about one. */
export interface CollectionSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly createdBy?: string | undefined;
  readonly changedAt: string;
  readonly deletedAt?: string | undefined;
  readonly version: number;
  readonly papers: number;
  /** The most frequent first. */
  readonly tags: readonly { readonly tag: string; readonly papers: number }[];
  readonly states: Readonly<Record<ReadState, number>>;
  readonly roles: Readonly<Record<SeedRole, number>>;
}

/** A collection in numbers. @param entries that are counted. Default: those of the collection. */
export function summaryOf(
  collection: Collection,
  entries: readonly Omit<CollectionEntry, 'paper'>[] = collection.entries,
): CollectionSummary {
  const { id, name, description, createdAt, createdBy, changedAt, deletedAt, version } = collection;
  const count = <T extends string>(values: readonly T[], of: (entry: (typeof entries)[number]) => T) =>
    Object.fromEntries(
      values.map((value) => [value, entries.filter((entry) => of(entry) === value).length]),
    ) as Record<T, number>;
  return {
    id,
    name,
    description,
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    changedAt,
    ...(deletedAt !== undefined && { deletedAt }),
    version,
    papers: entries.length,
    tags: countTags(entries),
    states: count(READ_STATES, ({ state }) => state),
    roles: count(SEED_ROLES, ({ role }) => role),
  };
}

/** The entries that match a query, in its order. */
export function selectEntries<E extends CollectionEntry>(
  entries: readonly E[],
  { text = '', tags = [], state, role, minRating = 0, sort = 'order' }: EntryQuery,
): E[] {
  const words = text.split(/\s+/).map(fold).filter(Boolean);
  const wanted = tags.map(tagKey);
  const found = entries.filter(
    (entry) =>
      (state === undefined || entry.state === state) &&
      (role === undefined || entry.role === role) &&
      (entry.rating ?? 0) >= minRating &&
      hasAll(entry.tags.map(tagKey), wanted) &&
      (words.length === 0 || containsAll(entry, words)),
  );
  const compare = ORDERS[sort];
  return compare ? found.sort(compare) : found;
}

const descending = (a: string | number, b: string | number) => (a === b ? 0 : a > b ? -1 : 1);
/** The sort is stable, so ties keep the readers' order. */
const ORDERS: Readonly<Record<EntryOrder, ((a: CollectionEntry, b: CollectionEntry) => number) | undefined>> =
  {
    order: undefined,
    added: (a, b) => descending(a.addedAt, b.addedAt),
    changed: (a, b) => descending(a.changedAt, b.changedAt),
    title: (a, b) => a.paper.title.localeCompare(b.paper.title, 'en'),
    year: (a, b) => descending(a.paper.year ?? -1, b.paper.year ?? -1),
    rating: (a, b) => descending(a.rating ?? 0, b.rating ?? 0),
  };

function hasAll(values: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((each) => values.includes(each));
}

function containsAll({ paper, note, tags }: CollectionEntry, words: readonly string[]): boolean {
  const text = [paper.title, ...paper.authors, note, ...tags].join('\n').split(/\s+/).map(fold).join(' ');
  return words.every((word) => text.includes(word));
}

function countTags(entries: readonly Pick<CollectionEntry, 'tags'>[]): CollectionSummary['tags'] {
  const counts = new Map<string, { tag: string; papers: number }>();
  for (const tag of entries.flatMap((entry) => entry.tags)) {
    const known = counts.get(tagKey(tag));
    if (known) known.papers++;
    else counts.set(tagKey(tag), { tag, papers: 1 });
  }
  return [...counts.values()].sort((a, b) => b.papers - a.papers || (a.tag < b.tag ? -1 : 1));
}
