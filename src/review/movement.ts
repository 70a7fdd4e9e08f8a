import type { Pool } from './pool/pool.ts';
import type { Ranked } from './ranking.ts';
import type { Movement } from './review.ts';

/** Movements that are shown. */
const MAX_MOVED = 20;

/**
 * The papers whose ranks changed most from one ranking to another, most first; at equal distance, the one that is now
 * better ranked. Ranks are among the papers that are to be read in both, so that a paper that was just read does not
 * move all below it.
 */
export function movementsOf(pool: Pool, before: Ranked, after: Ranked): readonly Movement[] {
  const ranksBefore = ranksIn(before, after);
  const ranksAfter = ranksIn(after, before);
  const moved: { readonly row: number; readonly distance: number }[] = [];
  for (const row of after.order) {
    const distance = Math.abs(ranksBefore[row]! - ranksAfter[row]!);
    if (ranksBefore[row] !== 0 && distance > 0) moved.push({ row, distance });
  }
  return moved
    .sort((a, b) => b.distance - a.distance || ranksAfter[a.row]! - ranksAfter[b.row]!)
    .slice(0, MAX_MOVED)
    .map(({ row }) => {
      const { id, title } = pool.papers[row]!.paper;
      return { id, title, before: ranksBefore[row]!, after: ranksAfter[row]! };
    });
}

/** Ranks by row in a ranking, from 1, of the papers that the other one has too; 0 for the rest. */
function ranksIn({ order, rankOf }: Ranked, other: Ranked): Uint32Array {
  const ranks = new Uint32Array(Math.max(rankOf.length, other.rankOf.length));
  let rank = 0;
  for (const row of order) if (other.rankOf[row]) ranks[row] = ++rank;
  return ranks;
}
