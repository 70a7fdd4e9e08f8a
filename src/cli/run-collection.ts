import { readFile } from 'node:fs/promises';
import type { AnnotationChange } from '../collections/annotations.ts';
import type { ReadState, SeedRole } from '../collections/collection.ts';
import { Collections } from '../collections/collections.ts';
import { type CollectionFormat, exportCollection } from '../collections/export.ts';
import { readCollectionFile } from '../collections/import.ts';
import { logLines } from '../collections/log-view.ts';
import { CollectionStore } from '../collections/store.ts';
import { selectEntries, summaryOf } from '../collections/view.ts';
import { messageOf, PaperSearchError } from '../errors.ts';
import type { Snapshot } from '../search/engine.ts';
import type { CollectionAction } from './collection-actions.ts';
import { expectIndex, openEngine } from './open-engine.ts';
import type { Place } from './place.ts';
import { renderCollection, renderCollections, renderImport, renderLog } from './render-collection.ts';
import { withInputIds } from './standard-input.ts';

export interface CollectionOptions {
  readonly by?: string;
  readonly note?: string;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly state?: ReadState;
  readonly rating?: number;
  readonly role?: SeedRole;
  readonly description?: string;
  readonly format?: CollectionFormat;
  readonly label?: string;
  readonly withoutNotes?: boolean;
  readonly revoke?: string;
  readonly deleted?: boolean;
}

/** What an action prints: as JSON, or as text. */
interface Printed {
  readonly value: unknown;
  readonly text: string;
}

/**
 * Runs one action of `paper-search collection`. @param name of the collection, or its id.
 * @throws PaperSearchError as `Collections` does; INDEX_MISSING without an index.
 */
export async function runCollection(
  action: CollectionAction,
  name: string,
  values: readonly string[],
  place: Place,
  options: CollectionOptions,
): Promise<Printed> {
  const { by } = options;
  const { index } = place;
  await expectIndex(place);
  const store = new CollectionStore(index, { onNotice: (text) => process.stderr.write(`${text}\n`) });
  const collections = new Collections(store);
  const reader = { ...(by !== undefined && { by }) };
  if (action === 'list') {
    const list = (await store.list({ deletedToo: options.deleted === true })).map((each) => summaryOf(each));
    return { value: { collections: list }, text: renderCollections(list, index) };
  }
  if (action === 'new') {
    const made = summaryOf(await store.create({ name, description: options.description, by }));
    return { value: made, text: `Created the collection "${made.name}" (id ${made.id}).\n` };
  }
  if (action === 'import') return importFile(collections, name, values[0]!, place, options);
  const id = await idOf(store, name, action === 'restore' || action === 'log');
  const done = async (changed: Parameters<typeof summaryOf>[0], what: string): Promise<Printed> => ({
    value: summaryOf(changed),
    text: `${what}. "${changed.name}" has ${countText(changed.entries.length)}.\n`,
  });
  switch (action) {
    case 'show':
      return withPapers(place, async (snapshot) => {
        const { collection, entries } = await collections.read(id, snapshot);
        const { tag: tags, state, role } = options;
        const found = selectEntries(entries, { tags, state, role });
        const value = { collection: summaryOf(collection, entries), total: found.length, entries: found };
        return { value, text: renderCollection(value.collection, found) };
      });
    case 'add':
      return withPapers(place, async (snapshot) => {
        const { note, tag: tags, state, role, rating } = options;
        const said = { note, tags, state, role, ...(rating ? { rating } : {}) };
        const papers = (await withInputIds(values)).map((each) => ({ id: each, ...said }));
        const { collection, ...counts } = await collections.add(id, papers, snapshot, reader);
        const text = `Added ${countText(counts.added)} to "${collection.name}"; ${counts.present} were in it already.\n`;
        return { value: { collection: summaryOf(collection), ...counts }, text };
      });
    case 'set': {
      const change = changeOf(options);
      return withPapers(place, async (snapshot) => {
        const ids = await withInputIds(values);
        return done(
          await collections.annotate(id, ids, change, snapshot, reader),
          `Changed ${countText(ids.length)}`,
        );
      });
    }
    case 'remove':
      return withPapers(place, async (snapshot) => {
        const ids = await withInputIds(values);
        return done(await collections.remove(id, ids, snapshot, reader), `Removed ${countText(ids.length)}`);
      });
    case 'undo':
      return done(await store.change(id, { type: 'undo' }, reader), 'Undone');
    case 'redo':
      return done(await store.change(id, { type: 'redo' }, reader), 'Redone');
    case 'delete':
      return done(
        await store.change(id, { type: 'deleted' }, reader),
        'Deleted; "collection restore" restores it',
      );
    case 'restore':
      return done(await store.change(id, { type: 'restored' }, reader), 'Restored');
    case 'log': {
      const lines = logLines(await store.log(id));
      return { value: { lines }, text: renderLog(lines) };
    }
    case 'export':
      return withPapers(place, async (snapshot) => {
        const { collection, entries } = await collections.read(id, snapshot);
        const text = exportCollection({ ...collection, entries }, options.format ?? 'json');
        return { value: { format: options.format ?? 'json', text }, text };
      });
    case 'share':
      return share(collections, id, options);
  }
}

async function share(
  collections: Collections,
  id: string,
  { label, withoutNotes, revoke, by }: CollectionOptions,
): Promise<Printed> {
  if (revoke !== undefined) {
    await collections.store.change(id, { type: 'unshared', share: revoke }, { by });
    return { value: { revoked: revoke }, text: `Revoked the link ${revoke}.\n` };
  }
  const { secret, ...made } = await collections.share(
    id,
    { label, withNotes: withoutNotes !== true },
    { by },
  );
  const path = `/v1/shared/${secret}`;
  return { value: { ...made, path }, text: `${path}\n` };
}

async function importFile(
  collections: Collections,
  name: string,
  path: string,
  place: Place,
  { by }: CollectionOptions,
): Promise<Printed> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new PaperSearchError('NO_INPUT', `Cannot read "${path}": ${messageOf(cause)}.`, { cause });
  });
  const file = await readCollectionFile(bytes, path);
  const known = await find(collections.store, name);
  const { id } = known ?? (await collections.store.create({ name, description: file.description, by }));
  return withPapers(place, async (snapshot) => {
    const { collection, ...counts } = await collections.import(id, file, snapshot, { by });
    const { format, rejected, warnings } = file;
    const value = { collection: summaryOf(collection), format, ...counts, rejected, warnings };
    return { value, text: renderImport(value) };
  });
}

/** @throws PaperSearchError BAD_REQUEST when nothing is changed. */
function changeOf({ note, tag, untag, state, rating, role }: CollectionOptions): AnnotationChange {
  const change = {
    note,
    addTags: tag,
    removeTags: untag,
    state,
    rating: rating === 0 ? null : rating,
    role,
  };
  if (Object.values(change).some((value) => value !== undefined)) return change;
  throw new PaperSearchError(
    'BAD_REQUEST',
    'Say what to change: --note, --tag, --untag, --state, --rating or --role.',
  );
}

/** The id of a collection by its id or its name. @throws PaperSearchError NOT_FOUND. */
async function idOf(store: CollectionStore, name: string, deletedToo: boolean): Promise<string> {
  const found = await find(store, name, deletedToo);
  // The store says what is wrong.
  return found?.id ?? (await store.get(name)).id;
}

async function find(store: CollectionStore, name: string, deletedToo = false) {
  const list = await store.list({ deletedToo });
  const key = name.trim().toLowerCase();
  return list.find(({ id }) => id === name) ?? list.find((each) => each.name.toLowerCase() === key);
}

function countText(count: number): string {
  return count === 1 ? '1 paper' : `${count} papers`;
}

/** Opens papers without their model, which need not be installed. */
async function withPapers<T>(place: Place, use: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const engine = await openEngine(place, {
    encoderOf: async (model) => ({
      model,
      encode: () => Promise.reject(new PaperSearchError('INTERNAL', 'Collections need no model.')),
      close: async () => {},
    }),
  });
  try {
    return await use(await engine.acquire());
  } finally {
    await engine.close();
  }
}
