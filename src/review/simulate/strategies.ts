import { mulberry32, shuffled } from '../../util/random.ts';
import { type PreparedPool, rankPool } from '../learn/learner.ts';
import type { SimulationInput } from './simulate.ts';

/**
 * What is read next: `max`, the paper that the learner ranks first, as in a review; `uncertainty`, the one whose score is closest
 * to the boundary between includes and excludes (Lewis and Gale, SIGIR 1994); `random`, any, which is what learning is compared with.
 */
export const QUERY_STRATEGIES = ['max', 'uncertainty', 'random'] as const;
export type QueryStrategy = (typeof QUERY_STRATEGIES)[number];

/** The ranking of a strategy. @param seed of the random order. */
export function rankBy(strategy: QueryStrategy, pool: PreparedPool, seed: number): SimulationInput['rank'] {
  if (strategy === 'max') return (labels) => rankPool(pool, labels).order;
  if (strategy === 'random') {
    const order = shuffled(
      Array.from({ length: pool.size }, (_, row) => row),
      mulberry32(seed),
    );
    return () => order;
  }
  return (labels) => {
    const { scores, order } = rankPool(pool, labels);
    const includes = labels.filter(({ included }) => included).length;
    // Only a trained model has a boundary.
    if (includes === 0 || includes === labels.length) return order;
    return order.sort((a, b) => Math.abs(scores[a]!) - Math.abs(scores[b]!) || a - b);
  };
}
