import type { PreferredRange } from '../query/years.ts';
import type { Corpus } from './corpus.ts';
import type { RankedHit } from './rerank/rerank.ts';

/** The first papers of a ranking among which those of preferred years move up. */
export const PREFERRED_AMONG = 200;
/** How much a paper of a preferred year counts more, as a share of the best score. */
const PREFERENCE = 0.4;
/** The same for a year among other words, which may be a part of the subject. */
const HINT = 0.1;

/**
 * Moves papers of preferred years up: as if their score were higher by 0.4 of the best one, or by 0.1 if the query only
 * mentions the year. Scores stay as they are.
 * @param hits best first: the beginning of a ranking.
 */
export function preferYears(
  hits: readonly RankedHit[],
  { from = 1, to = Number.POSITIVE_INFINITY, isHint }: PreferredRange,
  { fields }: Pick<Corpus, 'fields'>,
): readonly RankedHit[] {
  const preference = (isHint ? HINT : PREFERENCE) * Math.max(0, hits[0]?.score ?? 0);
  const isPreferred = ({ doc }: RankedHit) => {
    const year = fields.numberOf('year', doc);
    return year > 0 && year >= from && year <= to;
  };
  const worth = (hit: RankedHit) => hit.score + (isPreferred(hit) ? preference : 0);
  const first = hits.slice(0, PREFERRED_AMONG);
  return [
    ...first
      .toSorted((a, b) => worth(b) - worth(a) || a.rank - b.rank)
      .map((hit, i) => ({ ...hit, rank: i + 1, ...(i + 1 < hit.rank && { movedBy: 'years' as const }) })),
    ...hits.slice(PREFERRED_AMONG),
  ];
}
