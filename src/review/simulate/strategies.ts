import { mulberry32, shuffled } from '../../util/random.ts';
import { type PreparedPool, rankPool } from '../learn/learner.ts';
import type { SimulationInput } from './simulate.ts';
import type { QueryStrategy } from './strategy-names.ts';

/** Share of papers that are drawn at random in a mixed order. */
const RANDOM_SHARE = 0.05;

/** The ranking of a strategy. @param seed of what is random. */
export function rankBy(strategy: QueryStrategy, pool: PreparedPool, seed: number): SimulationInput['rank'] {
  const random = mulberry32(seed);
  if (strategy === 'random') {
    const order = shuffled(
      Array.from({ length: pool.size }, (_, row) => row),
      random,
    );
    return () => order;
  }
  return (labels) => {
    const { order } = rankPool(pool, labels);
    return strategy === 'max' ? order : mixed(order, random);
  };
}

/** Puts a paper that is drawn from those after it in some places of an order, which is changed. */
function mixed(order: Uint32Array, random: () => number): Uint32Array {
  for (let place = 0; place < order.length; place++) {
    if (random() >= RANDOM_SHARE) continue;
    const drawn = place + Math.floor(random() * (order.length - place));
    [order[place], order[drawn]] = [order[drawn]!, order[place]!];
  }
  return order;
}
