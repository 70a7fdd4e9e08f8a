import { createStore, useStore } from './store.ts';

/** A paper that was collected. The title is kept, so that it can be told when the corpus has lost the paper. */
export interface TrayEntry {
  readonly id: string;
  readonly title: string;
}

const KEY = 'paper-search.tray';
const store = createStore<readonly TrayEntry[]>(read());

/** The papers that the reader collected, oldest first. Kept in this browser, and shared by its tabs. */
export const tray = {
  entries: store.get,
  has: (id: string): boolean => store.get().some((entry) => entry.id === id),
  /** Adds a paper at the end, or takes over its new title where it stands. */
  add({ id, title }: TrayEntry): void {
    const entries = store.get();
    write(
      tray.has(id)
        ? entries.map((entry) => (entry.id === id ? { id, title } : entry))
        : [...entries, { id, title }],
    );
  },
  remove(id: string): void {
    write(store.get().filter((entry) => entry.id !== id));
  },
  /** Puts these in place of all that is there: for emptying the tray, and taking that back. */
  replace(entries: readonly TrayEntry[]): void {
    write(entries);
  },
  subscribe: store.subscribe,
};

/** The papers in the tray; the component is drawn anew when they change. */
export function useTray(): readonly TrayEntry[] {
  return useStore(store);
}

globalThis.addEventListener?.('storage', ({ key }) => {
  // null: everything was cleared.
  if (key === KEY || key === null) store.set(read());
});

function read(): readonly TrayEntry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry).map(({ id, title }) => ({ id, title })) : [];
  } catch {
    // Not readable, or the browser keeps nothing for this page.
    return [];
  }
}

function write(entries: readonly TrayEntry[]): void {
  store.set(entries);
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // The browser keeps nothing or has no room: the tray lasts as long as the page is open.
  }
}

function isEntry(value: unknown): value is TrayEntry {
  const entry = value as Partial<TrayEntry> | null;
  return typeof entry === 'object' && typeof entry?.id === 'string' && typeof entry.title === 'string';
}
