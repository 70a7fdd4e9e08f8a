import { PaperSearchError } from '../errors.ts';
import {
  MAX_COLLECTED,
  MAX_COLLECTION_NAME,
  MAX_DESCRIPTION,
  MAX_NOTE,
  MAX_RATING,
  MAX_SHARES,
  MAX_TAG,
  MAX_TAGS,
} from '../limits.ts';
import { type AnnotationChange, withAdded, withChange } from './annotations.ts';
import {
  type Annotations,
  type Collection,
  type CollectionEntry,
  entryOf,
  NO_ANNOTATIONS,
} from './collection.ts';
import { type CollectionEvent, type ContentEvent, isContent, type Recorded } from './events.ts';
import { collectionOf, historyOf, subjectsOf, undoneNumbers } from './state.ts';

/** What a reader asks for. `undo` and `redo` are about the reader's own last change. */
export type Change =
  | ContentEvent
  | Extract<CollectionEvent, { type: 'followed' | 'deleted' | 'restored' | 'shared' | 'unshared' }>
  | { readonly type: 'undo' | 'redo' };

export interface ChangeOptions {
  /** Who asks. */
  readonly by?: string | undefined;
  /** The version that the reader has seen. Later changes of the same papers by others are then a conflict. */
  readonly expected?: number | undefined;
}

/**
 * The event of a change, checked against the collection as it is. Needs no Node: the page plans its own changes.
 * @param log of an existing collection.
 * @throws PaperSearchError NOT_FOUND for a deleted collection, or an id that is not in it; CONFLICT when `expected` is
 *   older than the last change of the same papers, or when others changed what undo would take back; BAD_REQUEST for
 *   what exceeds a limit.
 */
export function eventOf(
  id: string,
  log: readonly Recorded[],
  change: Change,
  { by, expected }: ChangeOptions,
): CollectionEvent {
  const collection = existing(id, log, change.type === 'restored');
  const event = { ...planned(collection, log, change, by), ...(by !== undefined && { by }) };
  if (expected !== undefined) expectUnchanged(collection, log, event, expected);
  return event;
}

/** The collection of a log. @throws PaperSearchError NOT_FOUND if there is none, or a deleted one. */
export function existing(id: string, log: readonly Recorded[], deletedToo = false): Collection {
  const collection = collectionOf(id, log);
  if (!collection) throw noCollection(id);
  if (collection.deletedAt === undefined || deletedToo) return collection;
  throw new PaperSearchError(
    'NOT_FOUND',
    `The collection "${id}" was deleted on ${collection.deletedAt.slice(0, 10)}. Restore it to use it again.`,
    { details: { collection: id, deletedAt: collection.deletedAt } },
  );
}

/** The error for an id without a collection. */
export function noCollection(id: string): PaperSearchError {
  return new PaperSearchError('NOT_FOUND', `There is no collection "${id}".`, {
    details: { collection: id },
  });
}

/** @throws PaperSearchError BAD_REQUEST for a name or a description that is not allowed. */
export function expectDescription({ name, description }: { name?: string; description?: string }): void {
  if (name !== undefined && name.trim() === '') throw refused('The name of a collection is empty.');
  expectLength('The name', name, MAX_COLLECTION_NAME);
  expectLength('The description', description, MAX_DESCRIPTION);
}

function planned(
  collection: Collection,
  log: readonly Recorded[],
  change: Change,
  by: string | undefined,
): CollectionEvent {
  switch (change.type) {
    case 'described':
      expectDescription(definedOnly(change));
      return change;
    case 'added': {
      expectRoom(
        collection,
        change.entries.map(({ paper }) => paper.id),
      );
      const entries = new Map(collection.entries.map((entry) => [entry.paper.id, entry]));
      for (const { paper, ...said } of change.entries) {
        const before = entries.get(paper.id);
        expectAnnotations(said, before, withAdded(before ?? NO_ANNOTATIONS, said));
      }
      return change;
    }
    case 'changed':
      for (const entry of entriesOf(collection, change.ids)) {
        expectAnnotations(change, entry, withChange(entry, change));
      }
      return change;
    case 'removed':
      entriesOf(collection, change.ids);
      return change;
    case 'moved':
      entriesOf(collection, [...change.ids, ...(change.before === undefined ? [] : [change.before])]);
      return change;
    case 'shared':
      if (collection.shares.length >= MAX_SHARES) {
        throw refused(`A collection has at most ${MAX_SHARES} links. Revoke one that is not needed.`);
      }
      return change;
    case 'unshared':
      if (collection.shares.some((share) => share.id === change.share)) return change;
      throw new PaperSearchError(
        'NOT_FOUND',
        `The collection "${collection.id}" has no link "${change.share}".`,
        { details: { collection: collection.id, share: change.share } },
      );
    case 'restored':
      if (collection.deletedAt !== undefined) return change;
      throw new PaperSearchError('CONFLICT', `The collection "${collection.id}" is not deleted.`, {
        details: { collection: collection.id },
      });
    case 'undo':
      return { type: 'undone', number: undoable(collection, log, by) };
    case 'redo':
      return { type: 'redone', number: redoable(collection, log, by) };
    default:
      return change;
  }
}

/** @throws PaperSearchError NOT_FOUND for an id that is not in the collection. */
function entriesOf(collection: Collection, ids: readonly string[]): CollectionEntry[] {
  const unknown = ids.filter((id) => !entryOf(collection, id));
  if (unknown.length === 0) return ids.map((id) => entryOf(collection, id)!);
  const some = `${unknown.slice(0, 5).join(', ')}${unknown.length > 5 ? ', …' : ''}`;
  throw new PaperSearchError('NOT_FOUND', `The collection "${collection.id}" has no such papers: ${some}.`, {
    details: { collection: collection.id, ids: unknown },
  });
}

function undoable(collection: Collection, log: readonly Recorded[], by: string | undefined): number {
  const { undo } = historyOf(log, by);
  if (undo === undefined) throw nothingTo('undo', collection, log);
  const event = log.find(({ number }) => number === undo)!;
  const subjects = subjectsOf(event.value, log, collection.formerIds);
  const undone = undoneNumbers(log);
  const later = log.find(
    ({ number, value }) =>
      number > undo &&
      value.by !== by &&
      isContent(value) &&
      !undone.has(number) &&
      overlaps(subjects, subjectsOf(value, log, collection.formerIds)),
  );
  if (!later) return undo;
  throw new PaperSearchError(
    'CONFLICT',
    `Change ${undo} cannot be undone: ${later.value.by ?? 'another reader'} has changed the same afterwards (change ${later.number}). Change it by hand instead.`,
    { details: { collection: collection.id, change: undo, later: later.number } },
  );
}

function redoable(collection: Collection, log: readonly Recorded[], by: string | undefined): number {
  const { redo } = historyOf(log, by);
  if (redo === undefined) throw nothingTo('redo', collection, log);
  // What was added since may leave no room.
  const value = log.find(({ number }) => number === redo)!.value;
  if (value.type === 'added')
    expectRoom(
      collection,
      value.entries.map(({ paper }) => paper.id),
    );
  return redo;
}

function nothingTo(
  what: 'undo' | 'redo',
  collection: Collection,
  log: readonly Recorded[],
): PaperSearchError {
  const readers = new Set(
    log.flatMap(({ value }) =>
      historyOf(log, value.by)[what] === undefined ? [] : [value.by ?? 'a reader without a name'],
    ),
  );
  const others =
    readers.size === 0 ? '' : ` Changes that can be: those of ${[...readers].slice(0, 5).join(', ')}.`;
  return new PaperSearchError(
    'CONFLICT',
    `You have nothing to ${what} in the collection "${collection.id}".${others}`,
    {
      details: { collection: collection.id, readers: [...readers] },
    },
  );
}

function expectUnchanged(
  collection: Collection,
  log: readonly Recorded[],
  event: CollectionEvent,
  expected: number,
): void {
  const subjects = subjectsOf(event, log, collection.formerIds);
  const later = log.findLast(
    ({ number, value }) =>
      number > expected && overlaps(subjects, subjectsOf(value, log, collection.formerIds)),
  );
  if (!later) return;
  const entries = collection.entries.filter(({ paper }) => subjects.has(`paper ${paper.id}`));
  throw new PaperSearchError(
    'CONFLICT',
    `The collection "${collection.id}" has changed since version ${expected}: ${later.value.by ?? 'another reader'} changed the same on ${later.at}. Nothing was written. Look at the current state in "details", and send the change again with "expected": ${collection.version}.`,
    {
      details: {
        collection: collection.id,
        version: collection.version,
        name: collection.name,
        description: collection.description,
        entries: entries.map(({ paper, ...said }) => ({ id: paper.id, title: paper.title, ...said })),
      },
    },
  );
}

function expectRoom({ id, entries }: Collection, added: readonly string[]): void {
  const known = new Set(entries.map(({ paper }) => paper.id));
  const more = new Set(added.filter((each) => !known.has(each))).size;
  if (entries.length + more <= MAX_COLLECTED) return;
  throw refused(
    `A collection has at most ${MAX_COLLECTED} papers; "${id}" has ${entries.length}, and ${more} more were to be added. Use a second collection.`,
  );
}

/** @param before what is said already; more tags than are allowed may stay, where papers became one. */
function expectAnnotations(
  said: AnnotationChange,
  before: CollectionEntry | undefined,
  after: Annotations,
): void {
  expectLength('A note', said.note, MAX_NOTE);
  for (const tag of [...(said.tags ?? []), ...(said.addTags ?? [])]) expectLength('A tag', tag, MAX_TAG);
  const tags = after.tags.length;
  if (tags > Math.max(MAX_TAGS, before?.tags.length ?? 0)) {
    throw refused(`A paper has at most ${MAX_TAGS} tags, not ${tags}.`);
  }
  const { rating } = said;
  if (typeof rating === 'number' && !(Number.isInteger(rating) && rating >= 1 && rating <= MAX_RATING)) {
    throw refused(`A rating is a whole number from 1 to ${MAX_RATING}, not ${rating}.`);
  }
}

function expectLength(what: string, text: string | undefined, most: number): void {
  if (text === undefined || text.length <= most) return;
  throw refused(`${what} has at most ${most} characters, not ${text.length}.`);
}

function refused(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}

function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const each of a) if (b.has(each)) return true;
  return false;
}

function definedOnly<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}
