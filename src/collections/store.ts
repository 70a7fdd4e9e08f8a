import { join } from 'node:path';
import type { AppendLogOptions } from '../indexes/store/append-log.ts';
import { keptFolder } from '../indexes/store/layout.ts';
import { type NamedLog, NamedLogs } from '../indexes/store/named-logs.ts';
import { MAX_COLLECTIONS } from '../limits.ts';
import { isSlug } from '../text/slug.ts';
import type { Collection, Share } from './collection.ts';
import { readEvent } from './event-schema.ts';
import type { CollectionEvent, Recorded } from './events.ts';
import {
  type Change,
  type ChangeOptions,
  eventOf,
  existing,
  expectDescription,
  noCollection,
} from './plan.ts';
import { collectionOf } from './state.ts';

const EXTENSION = '.log';

/** A collection that is created. */
export interface NewCollection {
  readonly name: string;
  readonly description?: string | undefined;
  readonly by?: string | undefined;
}

/** The collections of a library: one log each, in `kept/collections/` of the index folder. */
export class CollectionStore {
  readonly #logs: NamedLogs<CollectionEvent, Collection>;

  /** @param indexFolder the folder of the index; that of the collections is created with the first of them. */
  constructor(indexFolder: string, options: AppendLogOptions = {}) {
    this.#logs = new NamedLogs({
      ...options,
      folder: join(keptFolder(indexFolder), 'collections'),
      kind: 'collection',
      kinds: 'collections',
      most: MAX_COLLECTIONS,
      fileOf: (id) => `${id}${EXTENSION}`,
      idOf: (name) => (name.endsWith(EXTENSION) ? name.slice(0, -EXTENSION.length) : undefined),
      readEvent,
      reader,
    });
  }

  /**
   * Every collection, by name.
   * @param deletedToo whether deleted ones are listed.
   * @throws as `NamedLogs.list` does.
   */
  list({ deletedToo = false }: { deletedToo?: boolean } = {}): Promise<readonly Collection[]> {
    return this.#logs.list(deletedToo);
  }

  /** A collection by its id. @throws PaperSearchError NOT_FOUND for an unknown or a deleted one; as `list` does. */
  async get(id: string): Promise<Collection> {
    return existing(id, await this.#eventsOf(id));
  }

  /** Every event of a collection, the oldest first, of a deleted one too. @throws PaperSearchError as `get` does. */
  async log(id: string): Promise<readonly Recorded[]> {
    const events = await this.#eventsOf(id);
    existing(id, events, true);
    return events;
  }

  /** The collection that a link shows, and the link. @returns undefined for a secret that is not, or no longer, one. */
  async shared(secret: string): Promise<{ collection: Collection; share: Share } | undefined> {
    for (const collection of await this.list()) {
      const share = collection.shares.find((each) => each.secret === secret);
      if (share) return { collection, share };
    }
    return undefined;
  }

  /**
   * Creates an empty collection.
   * @throws PaperSearchError BAD_REQUEST for a name or a description that is not allowed; as `NamedLogs.create` does.
   */
  async create({ name, description = '', by }: NewCollection): Promise<Collection> {
    expectDescription({ name, description });
    const event: CollectionEvent = {
      type: 'created',
      name: name.trim(),
      description,
      ...(by !== undefined && { by }),
    };
    return this.get(await this.#logs.create(event.name, () => [event]));
  }

  /**
   * Changes a collection.
   * @param change or a function that makes it, or nothing, of the collection as it is while no one else can change it.
   * @returns the collection afterwards.
   * @throws PaperSearchError as `eventOf` and `create` do; CONFLICT for a name that another collection has.
   */
  async change(
    id: string,
    change: Change | ((collection: Collection) => Change | undefined),
    options: ChangeOptions = {},
  ): Promise<Collection> {
    const log = this.#logOf(id);
    if (typeof change === 'object' && change.type === 'described' && change.name !== undefined) {
      await this.#logs.expectFree(change.name, id);
    }
    if (typeof change === 'object' && change.type === 'restored') {
      await this.#logs.expectFree(existing(id, await this.log(id), true).name, id);
    }
    await log.append((events) => {
      const made = typeof change === 'function' ? change(existing(id, events)) : change;
      return made ? [eventOf(id, events, made, options)] : [];
    });
    return existing(id, log.entries, true);
  }

  async #eventsOf(id: string): Promise<readonly Recorded[]> {
    const log = this.#logOf(id);
    await this.#logs.read(id);
    return log.entries;
  }

  #logOf(id: string): NamedLog<CollectionEvent, Collection> {
    if (!isSlug(id)) throw noCollection(id);
    return this.#logs.of(id);
  }
}

/** Reads a collection again when its log has changed: it has grown, or a backup took its place. */
function reader(id: string): (entries: readonly Recorded[]) => Collection | undefined {
  let read: readonly Recorded[] = [];
  let collection: Collection | undefined;
  return (entries) => {
    if (read.length !== entries.length || read[0] !== entries[0]) collection = collectionOf(id, entries);
    read = entries;
    return collection;
  };
}
