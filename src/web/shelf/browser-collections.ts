import type { Collection } from '../../collections/collection.ts';
import type { CollectionEvent, Recorded } from '../../collections/events.ts';
import { type Change, eventOf, existing, expectDescription } from '../../collections/plan.ts';
import { collectionOf } from '../../collections/state.ts';
import { slugOf } from '../../text/slug.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/**
 * Collections that are kept in this browser, as the server keeps them: a log of events each, which is only appended to. Tabs
 * share them. Where storage is disabled or full, changes last as long as the page is open.
 */
export class BrowserCollections {
  readonly #storage: Storage | undefined;
  readonly #key: string;
  readonly #now: () => Date;
  /** What could not be stored, by key. */
  readonly #unstored = new Map<string, string>();
  readonly #read = new Map<string, { readonly text: string; readonly log: readonly Recorded[] }>();

  /**
   * @param storage of the browser; undefined where it is disabled.
   * @param key begins the keys of all that is stored.
   */
  constructor(storage: Storage | undefined, key: string, now: () => Date = () => new Date()) {
    this.#storage = storage;
    this.#key = key;
    this.#now = now;
  }

  /** Whether the last changes are not stored, since storage is disabled or full. */
  get isUnstored(): boolean {
    return this.#unstored.size > 0;
  }

  /** Every collection, by name. */
  list({ deletedToo = false }: { deletedToo?: boolean } = {}): Collection[] {
    return this.#ids()
      .flatMap((id) => collectionOf(id, this.log(id)) ?? [])
      .filter((each) => deletedToo || each.deletedAt === undefined)
      .sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
  }

  /** The events of a collection; none for an unknown id. A line that cannot be read is skipped. */
  log(id: string): readonly Recorded[] {
    const key = this.#logKey(id);
    const text = this.#get(key);
    const known = this.#read.get(id);
    if (known?.text === text) return known.log;
    const log = text.split('\n').flatMap(recordedIn);
    this.#read.set(id, { text, log });
    return log;
  }

  /** Creates an empty collection. @throws PaperSearchError BAD_REQUEST for a name that is not allowed; NameTaken. */
  create(name: string, description = ''): Collection {
    expectDescription({ name, description });
    this.#expectFree(name);
    const ids = this.#ids();
    const slug = slugOf(name, 'collection');
    let id = slug;
    for (let number = 2; ids.includes(id); number++) id = `${slug}-${number}`;
    this.#append(id, { type: 'created', name: name.trim(), description });
    this.#set(this.#key, JSON.stringify([...ids, id]));
    return existing(id, this.log(id));
  }

  /** Changes a collection. @returns it afterwards. @throws PaperSearchError as `eventOf` does; NameTaken. */
  change(id: string, change: Change): Collection {
    if (change.type === 'described' && change.name !== undefined) this.#expectFree(change.name, id);
    if (change.type === 'restored') this.#expectFree(existing(id, this.log(id), true).name, id);
    this.#append(id, eventOf(id, this.log(id), change, {}));
    return existing(id, this.log(id), true);
  }

  #append(id: string, value: CollectionEvent): void {
    const number = (this.log(id).at(-1)?.number ?? 0) + 1;
    const line = JSON.stringify({ number, at: this.#now().toISOString(), value } satisfies Recorded);
    const key = this.#logKey(id);
    this.#set(key, `${this.#get(key)}${line}\n`);
  }

  #expectFree(name: string, id?: string): void {
    const wanted = name.trim().toLowerCase();
    const same = this.list().find((each) => each.id !== id && each.name.trim().toLowerCase() === wanted);
    if (same) throw new NameTaken(`There is a collection “${same.name}” already. Choose another name.`);
  }

  #ids(): string[] {
    try {
      const ids: unknown = JSON.parse(this.#get(this.#key) || '[]');
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
    } catch {
      return [];
    }
  }

  #logKey(id: string): string {
    return `${this.#key}.${id}`;
  }

  #get(key: string): string {
    return this.#unstored.get(key) ?? this.#storage?.getItem(key) ?? '';
  }

  #set(key: string, text: string): void {
    try {
      if (!this.#storage) throw new Error('Storage is disabled.');
      this.#storage.setItem(key, text);
      this.#unstored.delete(key);
    } catch {
      this.#unstored.set(key, text);
    }
  }
}

/** The name of a new or renamed collection is that of another. */
class NameTaken extends Error {
  override readonly name = 'NameTaken';
}

function recordedIn(line: string): Recorded[] {
  try {
    const { number, at, value } = JSON.parse(line) as Recorded;
    return typeof number === 'number' && typeof at === 'string' && typeof value?.type === 'string'
      ? [{ number, at, value }]
      : [];
  } catch {
    return [];
  }
}
