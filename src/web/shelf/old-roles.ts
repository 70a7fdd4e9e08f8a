import type { SeedRole } from '../../collections/collection.ts';
import { libraryKey } from '../library.ts';

/** The roles of the single list of earlier versions. */
export const SEEDS_KEY = libraryKey('paper-search.seeds');

const ROLES: Readonly<Record<string, SeedRole>> = { positive: 'for', negative: 'against', none: 'none' };

/** The roles of the papers of that list, by id; a paper without one was for. */
export function oldRoles(): ReadonlyMap<string, SeedRole> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(SEEDS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return new Map();
    return new Map(
      Object.entries(kept).flatMap(([id, role]) => {
        const now = typeof role === 'string' && Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
        return now ? [[id, now] as const] : [];
      }),
    );
  } catch {
    // Unreadable, or storage is disabled.
    return new Map();
  }
}
