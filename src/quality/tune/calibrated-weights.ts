import { TUNING_KINDS } from './queries.ts';
import type { Parameter, RankingWeights } from './weights.ts';

/** Where the search for the best values begins, for every model. */
export const START: Omit<RankingWeights, 'bm25'> = { lexicalShare: 0.5, titleWeight: 0, feedback: 0 };

/** The weights of a model that are fitted, in this order. */
export function calibratedParameters(): Parameter<RankingWeights>[] {
  return [
    parameter('lexicalShare', [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8]),
    parameter('titleWeight', [0, 0.15, 0.3, 0.5, 0.7, 1]),
    parameter('feedback', [0, 0.1, 0.2, 0.3, 0.5]),
  ];
}

function parameter(
  name: 'lexicalShare' | 'titleWeight' | 'feedback',
  values: readonly number[],
): Parameter<RankingWeights> {
  return {
    name,
    values,
    kinds: TUNING_KINDS,
    get: (weights) => weights[name],
    set: (weights, value) => ({ ...weights, [name]: value }),
  };
}
