import { estimatesOf } from '../../src/indexes/keyword/all-scores.ts';
import type { KeywordEstimates } from '../../src/indexes/scores.ts';
import { mulberry32 } from '../../src/util/random.ts';

/**
 * Estimates of keyword scores that are off by up to an error, at random.
 * @param scores at least 0. @param error as a share of the highest score.
 */
export function blurredEstimates(scores: readonly number[], error: number, seed = 0): KeywordEstimates {
  const random = mulberry32(seed);
  const maxScore = Math.max(0, ...scores);
  const all = { scores: Float64Array.from(scores), maxScore };
  if (error === 0) return estimatesOf(all);
  const blurred = scores.map((score) =>
    score > 0 ? Math.max(maxScore * 1e-6, score + maxScore * error * (2 * random() - 1)) : 0,
  );
  const { shares, best } = estimatesOf({ scores: Float64Array.from(blurred), maxScore });
  return { ...estimatesOf(all), shares, best, error: error * (1 + 1e-6) + 2e-6 };
}
