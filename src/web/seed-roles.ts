import { MAX_SEEDS } from '../limits.ts';
import { createStore, useStore } from './store.ts';
import type { TrayEntry } from './tray.ts';

/** What a collected paper is for the search of related papers: its kin are wanted, or not, or it plays no part. */
export const SEED_ROLES = ['positive', 'negative', 'none'] as const;
export type SeedRole = (typeof SEED_ROLES)[number];

/** Roles by paper; one that is not there is positive. */
export type SeedRoles = Readonly<Record<string, SeedRole>>;

const KEY = 'paper-search.seeds';
const store = createStore<SeedRoles>(read());

/** The roles of the papers in the tray, as this browser keeps them; the component is drawn anew when they change. */
export function useSeedRoles(): SeedRoles {
  return useStore(store);
}

/** Gives a paper a role, and forgets those of papers that are no longer in the tray. */
export function setSeedRole(id: string, role: SeedRole, entries: readonly TrayEntry[]): void {
  const roles = { ...store.get(), [id]: role };
  store.set(Object.fromEntries(entries.map((entry) => [entry.id, roleOf(roles, entry.id)])));
  try {
    localStorage.setItem(KEY, JSON.stringify(store.get()));
  } catch {
    // The browser keeps nothing or has no room: the roles last as long as the page is open.
  }
}

export function roleOf(roles: SeedRoles, id: string): SeedRole {
  return Object.hasOwn(roles, id) ? roles[id]! : 'positive';
}

/** The seeds of a request: the first so many of each kind, and how many were left out. */
export function seedsOf(
  entries: readonly TrayEntry[],
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
    // Not readable, or the browser keeps nothing for this page.
    return {};
  }
}
