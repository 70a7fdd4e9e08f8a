import type { LabelRequest } from '../../review/service.ts';
import { libraryKey } from '../library.ts';

/** A label that the server does not have yet. */
export interface WaitingLabel {
  /** Names the label, in all tabs. */
  readonly key: string;
  /** The review. */
  readonly review: string;
  /** The title of the paper, in case that the server refuses the label. */
  readonly title: string;
  readonly label: LabelRequest;
  /** Whether it was sent without an answer: then the server may have it already. */
  readonly isTried?: boolean;
}

/** A label that the server refused, and why. */
export interface RefusedLabel extends WaitingLabel {
  readonly why: string;
}

/** Entries that are stored in this browser; in memory, where storage is disabled or full. */
function keptList<Entry extends { readonly key: string }>(name: string) {
  const storageKey = libraryKey(name);
  let inMemory: readonly Entry[] = [];
  const stored = (): readonly Entry[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
      return Array.isArray(kept) ? (kept as Entry[]) : [];
    } catch {
      return [];
    }
  };
  const write = (all: readonly Entry[]) => {
    try {
      localStorage.setItem(storageKey, JSON.stringify(all));
      inMemory = [];
    } catch {
      const written = new Set(stored().map(({ key }) => key));
      inMemory = all.filter(({ key }) => !written.has(key));
    }
  };
  const all = () => [...stored(), ...inMemory];
  return {
    /** The oldest first. */
    all,
    add: (entry: Entry) => write([...all(), entry]),
    remove: (key: string) => write(all().filter((each) => each.key !== key)),
    /** Replaces the entry with the same key. */
    replace: (entry: Entry) => write(all().map((each) => (each.key === entry.key ? entry : each))),
  };
}

const LABELS_KEY = 'paper-search.review-labels-waiting';

/** The labels that the server does not have yet, in the order of the decisions. They outlive the tab. */
export const waitingLabels = keptList<WaitingLabel>(LABELS_KEY);

/** What the server refused, until the reviewer has read it. */
export const refusedLabels = keptList<RefusedLabel>('paper-search.review-labels-refused');

/** A key that no other tab gives. */
export function newKey(): string {
  return `${Date.now()}-${Math.random()}`;
}

/** Runs a task in one tab at a time, where the browser can do that. */
export async function inOneTab<T>(task: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(libraryKey(LABELS_KEY), task) : task();
}
