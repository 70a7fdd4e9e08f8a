import type { Scored } from '../../indexes/scores.ts';
import type { EncodedQuery } from '../encode.ts';

/** Compares papers with a query more exactly than the indexes do, and more slowly: only the top of a ranking. */
export interface Reranker {
  /**
   * The bonus of each hit, in the order of the hits, as a share of the maximum score: from 0, so that reranked hits
   * remain before all others, to 1.
   */
  bonuses(query: EncodedQuery, hits: readonly Scored[]): Promise<readonly number[]>;
}

/** A hit with its rank in the answer. */
export interface RankedHit extends Scored {
  /** 1-based. */
  readonly rank: number;
  /** The rank before reranking. */
  readonly firstRank: number;
  /** What reranking added to the score. */
  readonly bonus: number;
  /** Why the hit ranks above others of higher scores, where it does. */
  readonly movedBy?: 'title' | 'years' | undefined;
}

/**
 * The stage `rerank`: puts the first hits of a ranking in the order of their scores with the bonuses of a reranker.
 * @param hits best first. @param depth how many of them are reranked, from 0.
 * @param highestScore the maximum score of a hit: 1, but 0.033 for reciprocal ranks. Bonuses are scaled by it.
 */
export async function rerank(
  query: EncodedQuery,
  hits: readonly Scored[],
  depth: number,
  reranker: Reranker,
  highestScore = 1,
): Promise<readonly RankedHit[]> {
  const ranked = hits.map((hit, i) => ({ ...hit, rank: i + 1, firstRank: i + 1, bonus: 0 }));
  const first = ranked.slice(0, depth);
  if (first.length === 0) return ranked;
  const bonuses = (await reranker.bonuses(query, first)).map((share) => share * highestScore);
  const reranked = first
    .map((hit, i) => ({ ...hit, score: hit.score + bonuses[i]!, bonus: bonuses[i]! }))
    .sort((a, b) => b.score - a.score || a.doc - b.doc)
    .map((hit, i) => ({ ...hit, rank: i + 1 }));
  return [...reranked, ...ranked.slice(depth)];
}
