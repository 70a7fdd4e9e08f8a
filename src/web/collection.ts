import { libraryKey } from './library.ts';
import { createStore, useStore } from './store.ts';

/** A collected paper. The title is stored, so that it can be shown when the paper is no longer in the index. */
export interface CollectedPaper {
  readonly id: string;
  readonly title: string;
}

const KEY = libraryKey('paper-search.tray');
const store = createStore<readonly CollectedPaper[]>(read());

/** The papers that the reader collected, oldest first. Stored in this browser and shared by its tabs. */
export const collection = {
  entries: store.get,
  has: (id: string): boolean => store.get().some((entry) => entry.id === id),
  /** Adds a paper at the end, or updates its title in place. */
  add({ id, title }: CollectedPaper): void {
    const entries = store.get();
    write(
      collection.has(id)
        ? entries.map((entry) => (entry.id === id ? { id, title } : entry))
        : [...entries, { id, title }],
    );
  },
  remove(id: string): void {
    write(store.get().filter((entry) => entry.id !== id));
  },
  /** Replaces all papers: for removing all, and for undo. */
  replace(entries: readonly CollectedPaper[]): void {
    write(entries);
  },
  subscribe: store.subscribe,
};

/** The collected papers; the component is rendered again when they change. */
export function useCollection(): readonly CollectedPaper[] {
  return useStore(store);
}

globalThis.addEventListener?.('storage', ({ key }) => {
  // null: everything was cleared.
  if (key === KEY || key === null) store.set(read());
});

function read(): readonly CollectedPaper[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry).map(({ id, title }) => ({ id, title })) : [];
  } catch {
    // Unreadable, or storage is disabled.
    return [];
  }
}

function write(entries: readonly CollectedPaper[]): void {
  store.set(entries);
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // Storage is disabled or full: the collection lasts as long as the page is open.
  }
}

function isEntry(value: unknown): value is CollectedPaper {
  const entry = value as Partial<CollectedPaper> | null;
  return typeof entry === 'object' && typeof entry?.id === 'string' && typeof entry.title === 'string';
}
