import { libraryKey } from './library.ts';
import { createStore, useStore } from './store.ts';

/** A collected paper. The title is stored, so that it can be shown when the paper is no longer in the index. */
export interface CollectedPaper {
  readonly id: string;
  readonly title: string;
}

/** What all views show of the current collection. */
export interface Shown {
  /** Absent as long as nothing was collected. */
  readonly id?: string | undefined;
  readonly name: string;
  /** Whether there are other collections. */
  readonly isOneOfSeveral: boolean;
  readonly papers: readonly CollectedPaper[];
}

/** What a reader did with the list of the current collection. */
export interface ListChange {
  readonly id?: string | undefined;
  readonly add: readonly CollectedPaper[];
  readonly remove: readonly string[];
  /** The whole list, if its order counts: papers that are put back in their places. */
  readonly order?: readonly string[] | undefined;
}

/** The name of a reader's first collection. */
export const FIRST_NAME = 'Collection';
/** The single list of earlier versions. */
export const OLD_LIST_KEY = libraryKey('paper-search.tray');
const SHOWN_KEY = libraryKey('paper-search.collection-shown');
const CHANGES_KEY = libraryKey('paper-search.collection-changes');

const NOTHING: Shown = { name: FIRST_NAME, isOneOfSeveral: false, papers: [] };
const store = createStore<Shown>(readShown());
/** What could not be written, since storage is disabled or full; it lasts as long as the page is open. */
let unwritten: ListChange[] = [];

/**
 * The current collection, as views that do not edit it know it: papers by id. What it does is done at once here, and kept
 * by the shelf (`shelf/`), whose code is loaded with the first change.
 */
export const collection = {
  entries: (): readonly CollectedPaper[] => store.get().papers,
  has: (id: string): boolean => store.get().papers.some((entry) => entry.id === id),
  /** Adds a paper at the end, or updates its title in place. */
  add({ id, title }: CollectedPaper): void {
    const { papers } = store.get();
    const next = collection.has(id)
      ? papers.map((entry) => (entry.id === id ? { id, title } : entry))
      : [...papers, { id, title }];
    change(next, { add: collection.has(id) ? [] : [{ id, title }], remove: [] });
  },
  remove(id: string): void {
    change(
      store.get().papers.filter((entry) => entry.id !== id),
      { add: [], remove: [id] },
    );
  },
  /** Replaces all papers: for lists of papers, and for undo. */
  replace(entries: readonly CollectedPaper[]): void {
    const before = new Set(store.get().papers.map(({ id }) => id));
    const after = new Set(entries.map(({ id }) => id));
    const add = entries.filter(({ id }) => !before.has(id));
    const atEnd = entries.slice(entries.length - add.length).every(({ id }) => !before.has(id));
    change(entries, {
      add,
      remove: [...before].filter((id) => !after.has(id)),
      ...(!atEnd && { order: [...after] }),
    });
  },
  subscribe: store.subscribe,
};

/** The papers of the current collection; the component is rendered again when they change. */
export function useCollection(): readonly CollectedPaper[] {
  return useStore(store).papers;
}

/** The current collection as all views show it. */
export function useShown(): Shown {
  return useStore(store);
}

/** Shows the current collection as the shelf knows it, in all tabs. */
export function show(shown: Shown): void {
  // A change that the shelf does not know yet is shown already.
  if (readChanges().length + unwritten.length > 0) return;
  if (JSON.stringify(shown) === JSON.stringify(store.get())) return;
  store.set(shown);
  write(SHOWN_KEY, shown);
}

/** The changes that the shelf has not kept yet, which it then has. */
export function takeChanges(): ListChange[] {
  const taken = [...readChanges(), ...unwritten];
  unwritten = [];
  try {
    localStorage.removeItem(CHANGES_KEY);
  } catch {
    // Storage is disabled.
  }
  return taken;
}

let keep = (): void => {};

/** Calls a function after each change of the list, to take the changes. */
export function onListChange(listener: () => void): void {
  keep = listener;
}

/** Whether there are changes to take, or the list of an earlier version. */
export function hasUnkept(): boolean {
  return read(OLD_LIST_KEY) !== undefined || read(CHANGES_KEY) !== undefined;
}

function change(papers: readonly CollectedPaper[], made: ListChange): void {
  const shown = store.get();
  store.set({ ...shown, papers });
  write(SHOWN_KEY, store.get());
  if (made.add.length + made.remove.length === 0) return;
  const entry = { ...made, id: shown.id };
  if (!write(CHANGES_KEY, [...readChanges(), entry])) unwritten.push(entry);
  keep();
}

globalThis.addEventListener?.('storage', ({ key }) => {
  // null: everything was cleared.
  if (key === SHOWN_KEY || key === null) store.set(readShown());
});

function readShown(): Shown {
  const kept = read(SHOWN_KEY) as Partial<Shown> | undefined;
  if (typeof kept !== 'object' || !Array.isArray(kept?.papers) || typeof kept.name !== 'string') {
    return { ...NOTHING, papers: readOldList() };
  }
  const { id, name, isOneOfSeveral } = kept;
  return {
    ...(typeof id === 'string' && { id }),
    name,
    isOneOfSeveral: isOneOfSeveral === true,
    papers: papersIn(kept.papers),
  };
}

/** The papers of the single list of earlier versions. */
export function readOldList(): CollectedPaper[] {
  return papersIn(read(OLD_LIST_KEY));
}

function papersIn(value: unknown): CollectedPaper[] {
  return Array.isArray(value) ? value.filter(isEntry).map(({ id, title }) => ({ id, title })) : [];
}

function readChanges(): ListChange[] {
  const kept = read(CHANGES_KEY);
  return Array.isArray(kept) ? kept : [];
}

/** A value that is stored in this browser; undefined for none, and for one that cannot be read. */
function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    // Unreadable, or storage is disabled.
    return undefined;
  }
}

/** @returns false where storage is disabled or full. */
function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function isEntry(value: unknown): value is CollectedPaper {
  const entry = value as Partial<CollectedPaper> | null;
  return typeof entry === 'object' && typeof entry?.id === 'string' && typeof entry.title === 'string';
}
