import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../errors.ts';
import { AppendLog, type AppendLogOptions } from '../indexes/store/append-log.ts';
import { keptFolder } from '../indexes/store/layout.ts';
import { MAX_COLLECTIONS } from '../limits.ts';
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
import { isCollectionId, slugOf } from './slug.ts';
import { collectionOf } from './state.ts';

const EXTENSION = '.log';

/** A collection that is created. */
export interface NewCollection {
  readonly name: string;
  readonly description?: string | undefined;
  readonly by?: string | undefined;
}

/**
 * The collections of a library: one log each, in `kept/collections/` of the index folder. Several stores, in several
 * processes, can use one folder: each change is made under a lock, on what the others have written.
 */
export class CollectionStore {
  readonly #folder: string;
  readonly #options: AppendLogOptions;
  readonly #logs = new Map<string, OpenLog>();

  /** @param indexFolder the folder of the index; that of the collections is created with the first of them. */
  constructor(indexFolder: string, options: AppendLogOptions = {}) {
    this.#folder = join(keptFolder(indexFolder), 'collections');
    this.#options = options;
  }

  /**
   * Every collection, by name.
   * @param deletedToo whether deleted ones are listed.
   * @throws PaperSearchError INDEX_CORRUPT, INDEX_INCOMPATIBLE or INDEX_UNREADABLE when a log cannot be read.
   */
  async list({ deletedToo = false }: { deletedToo?: boolean } = {}): Promise<Collection[]> {
    const found: Collection[] = [];
    for (const id of await this.#ids()) {
      const collection = await this.#logOf(id).read();
      if (collection && (deletedToo || collection.deletedAt === undefined)) found.push(collection);
    }
    return found.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
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
   * @throws PaperSearchError CONFLICT when another has the name; BAD_REQUEST for a name that is not allowed, or when
   *   there are too many; INDEX_LOCKED or INDEX_UNWRITABLE when it cannot be written.
   */
  async create({ name, description = '', by }: NewCollection): Promise<Collection> {
    expectDescription({ name, description });
    const event: CollectionEvent = {
      type: 'created',
      name: name.trim(),
      description,
      ...(by !== undefined && { by }),
    };
    await this.#expectFree(event.name);
    const slug = slugOf(name);
    for (let number = 1; ; number++) {
      const id = number === 1 ? slug : `${slug}-${number}`;
      // A deleted collection keeps its id, and another process may take the id at this moment.
      const written = await this.#logOf(id).append((log) => (log.length === 0 ? [event] : []));
      if (written > 0) return this.get(id);
    }
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
    const log = this.#existing(id);
    if (typeof change === 'object' && change.type === 'described' && change.name !== undefined) {
      await this.#expectFree(change.name, id);
    }
    if (typeof change === 'object' && change.type === 'restored') {
      await this.#expectFree(existing(id, await this.log(id), true).name, id);
    }
    await log.append((events) => {
      const made = typeof change === 'function' ? change(existing(id, events)) : change;
      return made ? [eventOf(id, events, made, options)] : [];
    });
    return existing(id, log.events, true);
  }

  async #eventsOf(id: string): Promise<readonly Recorded[]> {
    const log = this.#existing(id);
    await log.read();
    // Ids that a client guesses are not remembered.
    if (log.events.length === 0) this.#logs.delete(id);
    return log.events;
  }

  #existing(id: string): OpenLog {
    if (!isCollectionId(id)) throw noCollection(id);
    return this.#logOf(id);
  }

  #logOf(id: string): OpenLog {
    const known = this.#logs.get(id);
    if (known) return known;
    const opened = new OpenLog(id, join(this.#folder, `${id}${EXTENSION}`), this.#options);
    this.#logs.set(id, opened);
    return opened;
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      const message = `Cannot read the collections in "${this.#folder}": ${messageOf(cause)}.`;
      throw new PaperSearchError('INDEX_UNREADABLE', message, { details: { folder: this.#folder }, cause });
    });
    return names
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => name.slice(0, -EXTENSION.length))
      .filter(isCollectionId);
  }

  async #expectFree(name: string, id?: string): Promise<void> {
    const others = (await this.list()).filter((each) => each.id !== id);
    const key = (text: string) => text.trim().toLowerCase();
    const same = others.find((each) => key(each.name) === key(name));
    if (same) {
      throw new PaperSearchError(
        'CONFLICT',
        `There is a collection "${same.name}" already (id ${same.id}). Choose another name.`,
        { details: { collection: same.id, name: same.name } },
      );
    }
    if (others.length >= MAX_COLLECTIONS) {
      const message = `There are ${others.length} collections, and no more than ${MAX_COLLECTIONS} are allowed. Delete one that is not needed.`;
      throw new PaperSearchError('BAD_REQUEST', message);
    }
  }
}

/** A log and the collection that it makes. One call at a time uses the log. */
class OpenLog {
  readonly #id: string;
  readonly #open: () => Promise<AppendLog<CollectionEvent>>;
  #log: AppendLog<CollectionEvent> | undefined;
  #collection: Collection | undefined;
  #of: readonly Recorded[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, file: string, options: AppendLogOptions) {
    this.#id = id;
    this.#open = () => AppendLog.open(file, readEvent, options);
  }

  get events(): readonly Recorded[] {
    return this.#log?.entries ?? [];
  }

  /** The collection as it is on disk. @returns undefined when there is none. */
  read(): Promise<Collection | undefined> {
    return this.#alone(async (log) => {
      await log.refresh();
      // A file that was replaced, by a backup for one, is read again: then the first entry is another object.
      if (this.#of.length !== log.entries.length || this.#of[0] !== log.entries[0]) {
        this.#collection = collectionOf(this.#id, log.entries);
      }
      this.#of = log.entries;
      return this.#collection;
    });
  }

  /** @returns how many events were written. */
  append(make: (events: readonly Recorded[]) => readonly CollectionEvent[]): Promise<number> {
    return this.#alone(async (log) => (await log.append(make)).length);
  }

  #alone<T>(use: (log: AppendLog<CollectionEvent>) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      this.#log ??= await this.#open();
      return use(this.#log);
    });
    this.#last = result.catch(() => {});
    return result;
  }
}
