import type { SeedRole } from '../collections/collection.ts';
import { MAX_SEEDS } from '../limits.ts';

/** A paper with its part in the search for related papers. */
export interface Seed {
  readonly id: string;
  readonly role: SeedRole;
}

/** The seeds of a request: the first MAX_SEEDS of each kind, and how many were left out. */
export function seedsOf(entries: readonly Seed[]): {
  readonly positive: string[];
  readonly negative: string[];
  readonly leftOut: number;
} {
  const idsOf = (role: SeedRole) => entries.filter((each) => each.role === role).map(({ id }) => id);
  const positive = idsOf('for');
  const negative = idsOf('against');
  const over = (ids: readonly string[]) => Math.max(0, ids.length - MAX_SEEDS);
  return {
    positive: positive.slice(0, MAX_SEEDS),
    negative: negative.slice(0, MAX_SEEDS),
    leftOut: over(positive) + over(negative),
  };
}
