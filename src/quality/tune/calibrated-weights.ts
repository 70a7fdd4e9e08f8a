import { TUNING_KINDS, type TuningKind } from './queries.ts';
import type { Parameter, RankingWeights } from './weights.ts';

/** Where the search for the best values begins, for every model. */
export const START: Omit<RankingWeights, 'bm25'> = { lexicalShare: 0.5, titleWeight: 0, feedback: 0 };

/** A title vector costs another encoding of every paper, so it has to make the mean rank better by 1 %. */
const MIN_GAIN_OF_TITLES = 0.01;

/**
 * The weights of a model that are fitted, in this order. The title weight is not fitted on queries from titles, because
 * their own papers have none (see `parametersFor`).
 */
export function calibratedParameters(): Parameter<RankingWeights>[] {
  const shares = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8];
  return [
    parameter('lexicalShare', shares, TUNING_KINDS),
    {
      ...parameter('titleWeight', [0, 0.15, 0.3, 0.5, 0.7, 1], ['sentence', 'key-phrase']),
      minGain: MIN_GAIN_OF_TITLES,
    },
    parameter('feedback', [0, 0.1, 0.2, 0.3, 0.5], TUNING_KINDS),
  ];
}

function parameter(
  name: 'lexicalShare' | 'titleWeight' | 'feedback',
  values: readonly number[],
  kinds: readonly TuningKind[],
): Parameter<RankingWeights> {
  return {
    name,
    values,
    kinds,
    get: (weights) => weights[name],
    set: (weights, value) => ({ ...weights, [name]: value }),
  };
}
