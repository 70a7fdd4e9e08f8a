import type { ContentEvent } from '../../collections/events.ts';
import { libraryKey } from '../library.ts';

/** A change that the server does not have yet. */
export interface Unsaved {
  /** Names the change, in all tabs. */
  readonly key: string;
  /** The collection. */
  readonly id: string;
  readonly change: ContentEvent;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** The version of the collection that the reader saw. */
  readonly seen: number;
}

const KEY = libraryKey('paper-search.collections-unsaved');
/** Used where storage is disabled or full. */
let inMemory: readonly Unsaved[] = [];

/** The changes that the server does not have yet, the oldest first. They are stored in this browser until it has them. */
export const unsaved = {
  all(): readonly Unsaved[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      return [...(Array.isArray(kept) ? (kept as Unsaved[]) : []), ...inMemory];
    } catch {
      return inMemory;
    }
  },
  add(change: Omit<Unsaved, 'key'>): void {
    write([...unsaved.all(), { ...change, key: `${Date.now()}-${Math.random()}` }]);
  },
  remove(key: string): void {
    write(unsaved.all().filter((each) => each.key !== key));
  },
};

function write(all: readonly Unsaved[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
    inMemory = [];
  } catch {
    const stored = new Set(storedKeys());
    inMemory = all.filter(({ key }) => !stored.has(key));
  }
}

function storedKeys(): string[] {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? '[]') as Unsaved[]).map(({ key }) => key);
  } catch {
    return [];
  }
}

/** Runs a task in one tab at a time, where the browser can do that. */
export async function inOneTab<T>(task: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(KEY, task) : task();
}
