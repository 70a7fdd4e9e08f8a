import { mergeAnnotations, withAdded, withChange } from './annotations.ts';
import {
  type Collection,
  type CollectionEntry,
  currentId,
  keptPaper,
  NO_ANNOTATIONS,
  type Share,
} from './collection.ts';
import { type CollectionEvent, type FollowedPaper, isContent, type Recorded } from './events.ts';

/*
 * A collection is a function of the events in its log, so this file needs neither Node nor a server: the page uses it
 * for the collections that it keeps in the browser.
 */

/**
 * The collection that events make. Events that were undone do not count. An event about a paper that is not in the
 * collection (any more) changes nothing.
 * @param id of the collection.
 * @returns undefined without events.
 */
export function collectionOf(id: string, log: readonly Recorded[]): Collection | undefined {
  const [first] = log;
  if (!first) return undefined;
  const undone = undoneNumbers(log);
  const draft = new Draft();
  for (const event of log) {
    if (!undone.has(event.number)) draft.apply(event);
  }
  const last = log.at(-1)!;
  return {
    id,
    name: draft.name,
    description: draft.description,
    createdAt: first.at,
    ...(first.value.by !== undefined && { createdBy: first.value.by }),
    changedAt: last.at,
    version: last.number,
    ...(draft.deletedAt !== undefined && { deletedAt: draft.deletedAt }),
    entries: [...draft.entries.values()],
    shares: draft.shares,
    formerIds: draft.formerIds,
  };
}

/**
 * A collection after events that were not undone: what the page shows until the server has answered.
 * @param events the same as those that the server will record, except for their numbers and times.
 */
export function withEvents(collection: Collection, events: readonly Recorded[]): Collection {
  const draft = new Draft(collection);
  for (const event of events) draft.apply(event);
  return {
    ...collection,
    name: draft.name,
    description: draft.description,
    entries: [...draft.entries.values()],
  };
}

/** Numbers of the events that were taken back and not made again. */
export function undoneNumbers(log: readonly Recorded[]): ReadonlySet<number> {
  const undone = new Set<number>();
  for (const { value } of log) {
    if (value.type === 'undone') undone.add(value.number);
    if (value.type === 'redone') undone.delete(value.number);
  }
  return undone;
}

/**
 * What undo and redo of one reader would do: the numbers of the events. A new change by the reader ends what can be
 * redone.
 */
export function historyOf(
  log: readonly Recorded[],
  by: string | undefined,
): { readonly undo: number | undefined; readonly redo: number | undefined } {
  let done: number[] = [];
  let taken: number[] = [];
  for (const { number, value } of log) {
    if (value.by !== by) continue;
    if (isContent(value)) {
      done.push(number);
      taken = [];
    } else if (value.type === 'undone') {
      done = done.filter((each) => each !== value.number);
      taken.push(value.number);
    } else if (value.type === 'redone') {
      taken = taken.filter((each) => each !== value.number);
      done.push(value.number);
    }
  }
  return { undo: done.at(-1), redo: taken.at(-1) };
}

/** Two entries as one: that of the first one's place. */
export function mergeEntries(a: CollectionEntry, b: CollectionEntry, paper = a.paper): CollectionEntry {
  const [first, last] = a.addedAt <= b.addedAt ? [a, b] : [b, a];
  return {
    paper,
    ...mergeAnnotations(a, b),
    addedAt: first.addedAt,
    ...(first.addedBy !== undefined && { addedBy: first.addedBy }),
    changedAt: last.changedAt >= first.changedAt ? last.changedAt : first.changedAt,
  };
}

/** A collection while its events are applied. */
class Draft {
  name = '';
  description = '';
  deletedAt: string | undefined;
  /** By paper id, in the readers' order. */
  entries = new Map<string, CollectionEntry>();
  shares: Share[] = [];
  readonly formerIds = new Map<string, string>();

  /** @param from the collection before the events. Default: none. */
  constructor(from?: Collection) {
    if (!from) return;
    this.name = from.name;
    this.description = from.description;
    this.entries = new Map(from.entries.map((entry) => [entry.paper.id, entry]));
    this.formerIds = new Map(from.formerIds);
  }

  apply({ at, value }: Recorded): void {
    switch (value.type) {
      case 'created':
      case 'described':
        this.name = value.name ?? this.name;
        this.description = value.description ?? this.description;
        return;
      case 'added':
        for (const { paper, addedAt = at, ...said } of value.entries) {
          const { id } = paper;
          // The index has a paper with this id again.
          this.formerIds.delete(id);
          const before = this.entries.get(id);
          const by = value.by === undefined ? {} : { addedBy: value.by };
          const entry = before ?? { paper: keptPaper(paper), ...NO_ANNOTATIONS, addedAt, ...by };
          this.entries.set(id, { ...entry, ...withAdded(entry, said), changedAt: at });
        }
        return;
      case 'changed':
        for (const id of value.ids.map((each) => this.#idOf(each))) {
          const entry = this.entries.get(id);
          if (!entry) continue;
          const { rating: _before, ...rest } = entry;
          this.entries.set(id, { ...rest, ...withChange(entry, value), changedAt: at });
        }
        return;
      case 'removed':
        for (const id of value.ids) this.entries.delete(this.#idOf(id));
        return;
      case 'moved':
        this.#move(value.ids, value.before);
        return;
      case 'followed':
        for (const each of value.papers) this.#follow(each);
        return;
      case 'deleted':
        this.deletedAt = at;
        return;
      case 'restored':
        this.deletedAt = undefined;
        return;
      case 'shared':
        this.shares.push({
          ...value.share,
          createdAt: at,
          ...(value.by !== undefined && { createdBy: value.by }),
        });
        return;
      case 'unshared':
        this.shares = this.shares.filter(({ id }) => id !== value.share);
        return;
      case 'undone':
      case 'redone':
        return;
      default:
        value satisfies never;
    }
  }

  #idOf(id: string): string {
    return this.entries.has(id) ? id : currentId(this.formerIds, id);
  }

  #move(given: readonly string[], before: string | undefined): void {
    const ids = [...new Set(given.map((id) => this.#idOf(id)))].filter((id) => this.entries.has(id));
    const moved = new Set(ids);
    const target = before === undefined ? undefined : this.#idOf(before);
    const rest = [...this.entries.keys()].filter((id) => !moved.has(id));
    const at = target === undefined ? -1 : rest.indexOf(target);
    rest.splice(at === -1 ? rest.length : at, 0, ...ids);
    this.entries = new Map(rest.map((id) => [id, this.entries.get(id)!]));
  }

  #follow({ from, paper }: FollowedPaper): void {
    // Another process may have followed the paper to another id at the same time: the first counts.
    const given = from.filter((id) => this.entries.has(id) || !this.formerIds.has(id));
    const ids = new Set([...given, paper.id].filter((id) => this.entries.has(id)));
    // An id that is current again leads to no other: no circles.
    this.formerIds.delete(paper.id);
    for (const id of given) if (id !== paper.id) this.formerIds.set(id, paper.id);
    if (ids.size === 0) return;
    const kept = keptPaper(paper);
    const merged = [...ids]
      .map((id) => this.entries.get(id)!)
      .reduce((one, other) => mergeEntries(one, other, kept));
    let isPlaced = false;
    const entries = new Map<string, CollectionEntry>();
    for (const [id, entry] of this.entries) {
      if (!ids.has(id)) entries.set(id, entry);
      else if (!isPlaced) {
        entries.set(paper.id, { ...merged, paper: kept });
        isPlaced = true;
      }
    }
    this.entries = entries;
  }
}

/** What an event is about, to find out whether two events are about the same: papers, the order, the description. */
export function subjectsOf(
  event: CollectionEvent,
  log: readonly Recorded[],
  formerIds: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const papers = (ids: readonly string[]) => new Set(ids.map((id) => `paper ${currentId(formerIds, id)}`));
  switch (event.type) {
    case 'added':
      return papers(event.entries.map(({ paper }) => paper.id));
    case 'changed':
    case 'removed':
      return papers(event.ids);
    case 'followed':
      return papers(event.papers.flatMap(({ from, paper }) => [...from, paper.id]));
    case 'moved':
      return new Set(['order']);
    case 'created':
    case 'described':
      return new Set(['description']);
    case 'undone':
    case 'redone': {
      const about = log.find(({ number }) => number === event.number);
      return about ? subjectsOf(about.value, log, formerIds) : new Set();
    }
    default:
      return new Set();
  }
}
