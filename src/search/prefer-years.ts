import type { YearRange } from '../query/fields.ts';
import type { Corpus } from './corpus.ts';
import type { RankedHit } from './rerank/rerank.ts';

/** The first papers of a ranking among which those of preferred years move up. */
export const PREFERRED_AMONG = 200;
/** How much a paper of a preferred year counts more, as a share of the best score. */
const PREFERENCE = 0.4;

/**
 * Moves papers of preferred years up: as if their score were higher by 0.4 of the best one. Scores stay as they are.
 * @param hits best first: the beginning of a ranking.
 */
export function preferYears(
  hits: readonly RankedHit[],
  { from = 1, to = Number.POSITIVE_INFINITY }: YearRange,
  { fields }: Pick<Corpus, 'fields'>,
): readonly RankedHit[] {
  const preference = PREFERENCE * Math.max(0, hits[0]?.score ?? 0);
  const worth = ({ doc, score }: RankedHit) => {
    const year = fields.numberOf('year', doc);
    return year > 0 && year >= from && year <= to ? score + preference : score;
  };
  const first = hits.slice(0, PREFERRED_AMONG);
  return [
    ...first
      .toSorted((a, b) => worth(b) - worth(a) || a.rank - b.rank)
      .map((hit, i) => ({ ...hit, rank: i + 1 })),
    ...hits.slice(PREFERRED_AMONG),
  ];
}
