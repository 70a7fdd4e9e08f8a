import { MAX_SEEDS } from '../limits.ts';
import type { CollectedPaper } from './collection.ts';
import { libraryKey } from './library.ts';
import { createStore, useStore } from './store.ts';

/** The role of a collected paper in the search for related papers: more like it, less like it, or neither. */
export const SEED_ROLES = ['positive', 'negative', 'none'] as const;
export type SeedRole = (typeof SEED_ROLES)[number];

/** Roles by paper id; a missing one is positive. */
export type SeedRoles = Readonly<Record<string, SeedRole>>;

const KEY = libraryKey('paper-search.seeds');
const store = createStore<SeedRoles>(read());

/** The roles of the collected papers, stored in this browser; the component is rendered again when they change. */
export function useSeedRoles(): SeedRoles {
  return useStore(store);
}

/** Sets the role of a paper, and drops the roles of papers that are no longer collected. */
export function setSeedRole(id: string, role: SeedRole, entries: readonly CollectedPaper[]): void {
  const roles = { ...store.get(), [id]: role };
  store.set(Object.fromEntries(entries.map((entry) => [entry.id, roleOf(roles, entry.id)])));
  try {
    localStorage.setItem(KEY, JSON.stringify(store.get()));
  } catch {
    // Storage is disabled or full: the roles last as long as the page is open.
  }
}

export function roleOf(roles: SeedRoles, id: string): SeedRole {
  return Object.hasOwn(roles, id) ? roles[id]! : 'positive';
}

/** The seeds of a request: the first MAX_SEEDS of each kind, and how many were left out. */
export function seedsOf(
  entries: readonly CollectedPaper[],
  roles: SeedRoles,
): { readonly positive: string[]; readonly negative: string[]; readonly leftOut: number } {
  const idsOf = (role: SeedRole) => entries.map(({ id }) => id).filter((id) => roleOf(roles, id) === role);
  const positive = idsOf('positive');
  const negative = idsOf('negative');
  const over = (ids: readonly string[]) => Math.max(0, ids.length - MAX_SEEDS);
  return {
    positive: positive.slice(0, MAX_SEEDS),
    negative: negative.slice(0, MAX_SEEDS),
    leftOut: over(positive) + over(negative),
  };
}

function read(): SeedRoles {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, role]) => SEED_ROLES.includes(role)));
  } catch {
    // Unreadable, or storage is disabled.
    return {};
  }
}
