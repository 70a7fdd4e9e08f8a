import type { Collection, CollectionEntry } from '../../collections/collection.ts';
import type { AddedEntry, ContentEvent } from '../../collections/events.ts';
import { keepToken, keptToken } from '../access.ts';
import { announce } from '../announce.tsx';
import { ApiError } from '../api.ts';
import { FIRST_NAME, type ListChange, show, takeChanges } from '../collection.ts';
import { libraryKey } from '../library.ts';
import { createStore, useStore } from '../store.ts';
import type { Backend, Choice, Refused } from './backend.ts';
import { COLLECTIONS_KEY, InBrowser } from './in-browser.ts';
import { isTitleOnly, titleOnly } from './kept.ts';
import { OnServer } from './on-server.ts';
import { reorderings } from './reorder.ts';

/** What the view of collections shows. */
export interface ShelfState {
  readonly where: Backend['where'];
  /** undefined until they are known. */
  readonly choices: readonly Choice[] | undefined;
  /** The current collection; undefined until it is known, and where there is none. */
  readonly current: Collection | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The collection that was deleted last, to restore it. */
  readonly deleted?: { readonly id: string; readonly name: string } | undefined;
  /** Why the last action failed. */
  readonly error?: string | undefined;
  /** Whether changes cannot be stored in this browser. */
  readonly isUnstored: boolean;
  /** How many changes the server does not have yet. */
  readonly unsaved: number;
  /** Changes that the server refused. */
  readonly refused: readonly Refused[];
  /** Why the server's collections cannot be used although there is a token; those of the browser are shown. */
  readonly noServer?: string | undefined;
  /** Collections of this browser, when those of the server are shown. */
  readonly here: number;
}

const CURRENT_KEY = libraryKey('paper-search.collection-current');
const NOTHING: ShelfState = {
  where: 'browser',
  choices: undefined,
  current: undefined,
  canUndo: false,
  canRedo: false,
  isUnstored: false,
  unsaved: 0,
  refused: [],
  here: 0,
};

/** The collections of a reader, of which one is the current one. */
class Shelf {
  readonly store = createStore<ShelfState>(NOTHING);
  readonly browser = new InBrowser();
  readonly #server = new OnServer(
    () => void this.refresh().catch(() => {}),
    (refused) => this.store.set({ ...this.store.get(), refused: [...this.store.get().refused, refused] }),
  );
  #backend: Backend = this.browser;
  /** The token that was asked for its rights, and whether it may use collections. */
  #asked: { readonly token: string | undefined; readonly error?: string } = { token: undefined };
  /** What was taken out while the page is open, so that it comes back with its notes. */
  readonly #removed = new Map<string, CollectionEntry>();
  #last: Promise<unknown> = Promise.resolve();

  /** Keeps what readers ticked in other views, and shows what is kept now. */
  refresh(): Promise<void> {
    return this.#do(() => {});
  }

  /** As `refresh`, after an error that the reader has seen. */
  async retry(): Promise<void> {
    await this.#try(() => {});
  }

  /** Makes a collection the current one. */
  choose(id: string): Promise<void> {
    return this.#do(() => keepCurrent(id));
  }

  /** Creates a collection, which is the current one then. @returns whether that worked. */
  async create(name: string): Promise<boolean> {
    return this.#try(async () => keepCurrent(await this.#backend.create(name)));
  }

  /** Changes the current collection, which is created with the first change. @returns whether that worked. */
  async change(change: ContentEvent): Promise<boolean> {
    return this.#try(async () => {
      const { current } = this.store.get();
      if (change.type === 'removed') this.#rememberRemoved(change.ids);
      await this.#backend.change(current?.id ?? (await this.#first()), change);
    });
  }

  async undo(): Promise<void> {
    const { current } = this.store.get();
    if (current && (await this.#try(() => this.#backend.undo(current.id)))) announce('Undone.');
  }

  async redo(): Promise<void> {
    const { current } = this.store.get();
    if (current && (await this.#try(() => this.#backend.redo(current.id)))) announce('Done again.');
  }

  /** Deletes the current collection; it can be restored. */
  async delete(): Promise<void> {
    const { current } = this.store.get();
    if (!current) return;
    const { id, name } = current;
    if (!(await this.#try(() => this.#backend.delete(id)))) return;
    this.store.set({ ...this.store.get(), deleted: { id, name } });
    announce(`Deleted “${name}”.`);
  }

  /** Restores the collection that was deleted last. */
  async restore(): Promise<void> {
    const { deleted } = this.store.get();
    if (!deleted) return;
    const isDone = await this.#try(async () => {
      await this.#backend.restore(deleted.id);
      keepCurrent(deleted.id);
    });
    if (!isDone) return;
    this.store.set({ ...this.store.get(), deleted: undefined });
    announce(`Restored “${deleted.name}”.`);
  }

  /** Adds the papers of a file to the current collection. @returns what was added, or why nothing was, in a sentence. */
  async import(file: File): Promise<string> {
    let told = '';
    const isDone = await this.#try(async () => {
      const id = this.store.get().current?.id ?? (await this.#first());
      told = await this.#backend.import(id, file);
    });
    if (isDone) void this.learn();
    return isDone ? told : `Nothing was imported: ${this.store.get().error}`;
  }

  /** Keeps what the index knows now about the papers of the current collection. */
  async learn(ids?: readonly string[]): Promise<void> {
    const { current } = this.store.get();
    if (!current || this.#backend !== this.browser) return;
    const wanted = ids ?? current.entries.map(({ paper }) => paper.id);
    // Without a connection, what is known stays.
    const isNew = await this.browser.learn(current.id, wanted).catch(() => false);
    if (isNew) await this.refresh();
  }

  /** Shows the collections that a token may use. @param forVisit whether the token is forgotten when the tab is closed. */
  async useToken(token: string, forVisit: boolean): Promise<void> {
    keepToken(token, forVisit);
    await this.#try(() => {});
  }

  /** Shows the collections of this browser again. */
  async forgetToken(): Promise<void> {
    keepToken(undefined);
    await this.#try(() => {});
  }

  /** Copies the collections of this browser to the server; they stay here, too. @returns what was copied, in a sentence. */
  async copyToServer(): Promise<string> {
    const names: string[] = [];
    const isDone = await this.#try(async () => {
      for (const each of this.browser.collections.list()) names.push(await this.#server.copy(each));
    });
    const copied = `Copied to the server: ${names.map((name) => `“${name}”`).join(', ') || 'nothing'}.`;
    return isDone ? copied : `${copied} Then an error: ${this.store.get().error}`;
  }

  /** The reader has seen what the server refused. */
  dismissRefused(): void {
    this.store.set({ ...this.store.get(), refused: [] });
  }

  /** With a token that may use collections, those of the server are shown. */
  async #chooseBackend(): Promise<void> {
    const token = keptToken();
    if (token === this.#asked.token) return;
    this.#asked = { token };
    this.#backend = token === undefined ? this.browser : this.#server;
    if (token === undefined) return;
    await this.#server.choices().catch((thrown: unknown) => {
      if (!(thrown instanceof ApiError && ['FORBIDDEN', 'UNAUTHORIZED'].includes(thrown.code))) return;
      this.#backend = this.browser;
      this.#asked = { token, error: thrown.message };
    });
  }

  /** As `#do`. @returns whether that worked; if it did not, the state says why. */
  async #try(action: () => Promise<void> | void): Promise<boolean> {
    try {
      await this.#do(action);
      this.store.set({ ...this.store.get(), error: undefined });
      return true;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      this.store.set({ ...this.store.get(), error });
      return false;
    }
  }

  /** Does one thing after the other, and shows the state afterwards. */
  #do(action: () => Promise<void> | void): Promise<void> {
    const done = this.#last.then(async () => {
      try {
        this.browser.takeOver(FIRST_NAME);
        await this.#chooseBackend();
        for (const change of takeChanges()) await this.#apply(change);
        await action();
      } finally {
        await this.#publish().catch((thrown: unknown) => {
          const error = thrown instanceof Error ? thrown.message : String(thrown);
          this.store.set({ ...this.store.get(), error });
        });
      }
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** Shows the state of what is kept. */
  async #publish(): Promise<void> {
    const backend = this.#backend;
    const choices = await backend.choices();
    const wanted = keptCurrent();
    const chosen = choices.find(({ id }) => id === wanted) ?? choices[0];
    const opened = chosen && (await backend.open(chosen.id));
    this.store.set({
      ...this.store.get(),
      where: backend.where,
      choices,
      current: opened?.collection,
      canUndo: opened?.canUndo ?? false,
      canRedo: opened?.canRedo ?? false,
      isUnstored: this.browser.collections.isUnstored,
      unsaved: this.#server.unsaved,
      noServer: this.#asked.error,
      here: backend === this.browser ? 0 : this.browser.collections.list().length,
    });
    show({
      ...(chosen && { id: chosen.id }),
      name: opened?.collection.name ?? FIRST_NAME,
      isOneOfSeveral: choices.length > 1,
      papers: (opened?.collection.entries ?? []).map(({ paper: { id, title } }) => ({ id, title })),
    });
  }

  /** Keeps a change that was made in another view. */
  async #apply({ id, add, remove, order }: ListChange): Promise<void> {
    const choices = await this.#backend.choices();
    const wanted = id ?? keptCurrent();
    const to = choices.find((each) => each.id === wanted)?.id ?? (await this.#first());
    const { entries } = (await this.#backend.open(to)).collection;
    const there = new Set(entries.map(({ paper }) => paper.id));
    const removed = remove.filter((each) => there.has(each));
    if (removed.length > 0) {
      this.#rememberRemoved(removed, entries);
      await this.#backend.change(to, { type: 'removed', ids: removed });
    }
    const added = add.filter((each) => !there.has(each.id)).map((each) => this.#added(each));
    if (added.length > 0) await this.#backend.change(to, { type: 'added', entries: added });
    if (order) {
      const now = (await this.#backend.open(to)).collection.entries.map(({ paper }) => paper.id);
      for (const move of reorderings(now, order)) await this.#backend.change(to, move);
    }
    const unknown = added.filter(({ paper }) => isTitleOnly(paper)).map(({ paper }) => paper.id);
    if (unknown.length > 0) setTimeout(() => void this.learn(unknown));
  }

  /** The entry of a paper that is added: with what was said about it if it was there before. */
  #added(paper: { readonly id: string; readonly title: string }): AddedEntry {
    const before = this.#removed.get(paper.id);
    if (!before) return { paper: titleOnly(paper), role: 'for' };
    const { changedAt: _changed, addedBy: _by, ...entry } = before;
    return entry;
  }

  #rememberRemoved(ids: readonly string[], entries = this.store.get().current?.entries ?? []): void {
    for (const entry of entries) if (ids.includes(entry.paper.id)) this.#removed.set(entry.paper.id, entry);
  }

  /** The current collection, or a new one. */
  async #first(): Promise<string> {
    const choices = await this.#backend.choices();
    const wanted = keptCurrent();
    const chosen = choices.find(({ id }) => id === wanted) ?? choices[0];
    return chosen?.id ?? this.#backend.create(FIRST_NAME);
  }
}

/** The shelf of this page. */
export const shelf = new Shelf();

/** What the view of collections shows; the component is rendered again when it changes. */
export function useShelf(): ShelfState {
  return useStore(shelf.store);
}

globalThis.addEventListener?.('storage', ({ key }) => {
  // Another tab changed a collection or chose one.
  if (key === null || key.startsWith(COLLECTIONS_KEY) || key === CURRENT_KEY)
    void shelf.refresh().catch(() => {});
});

/** The collection that the reader chose last. */
function keptCurrent(): string | undefined {
  try {
    return localStorage.getItem(CURRENT_KEY) ?? undefined;
  } catch {
    return inMemory;
  }
}

let inMemory: string | undefined;

function keepCurrent(id: string): void {
  inMemory = id;
  try {
    localStorage.setItem(CURRENT_KEY, id);
  } catch {
    // Storage is disabled: the choice lasts as long as the page is open.
  }
}
