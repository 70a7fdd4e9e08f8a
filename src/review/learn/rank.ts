import { mulberry32, shuffled } from '../../util/random.ts';
import { exp } from './arithmetic.ts';
import { type LabelSet, labelSet } from './labels.ts';
import { learnedViews, unreadRows } from './learned.ts';
import { DEFAULTS, type LearnerOptions } from './models.ts';
import type { PreparedPool } from './pool.ts';
import type { Label, Ranking } from './types.ts';

/** Changes with any change of the ranks that the same pool and labels give. */
export const LEARNER_VERSION = 'svm-2';

/**
 * Ranks a pool by its labels alone: the same labels, in any order and after any history, give the same ranking, byte for
 * byte, on any machine.
 *
 * A separate classifier is trained for each view (words, vectors), and its scores are standardised over the unread papers to z. A
 * paper's score is Σ exp(spread · z) over the views, which is close to its largest part, so a paper that is convincing by its
 * words or by its meaning is read early even if the other is not. A constant is subtracted, so that 0 is the score of a
 * paper on the boundary of each classifier.
 *
 * Before there are labels of both kinds, the order is that of the prior if there is one, else that of closeness to the known
 * includes (or of distance from the known excludes), else a shuffle with a seed.
 * @throws PaperSearchError BAD_REQUEST for a row that is not in the pool, or that has more than one label.
 */
export function rankPool(
  pool: PreparedPool,
  labels: readonly Label[],
  options: LearnerOptions = {},
): Ranking {
  const settings = { ...DEFAULTS, ...options };
  const set = labelSet(labels, pool.size);
  const unread = unreadRows(set, pool.size);
  const scores = isLearned(pool, set)
    ? learnedScores(pool, set, settings)
    : (pool.prior?.slice() ?? shuffledScores(pool.size, settings.seed));
  return { scores, order: unread.sort((a, b) => scores[b]! - scores[a]! || a - b) };
}

/** Whether the labels say anything about the features; otherwise the order is that of the prior or of chance. */
export function isLearned({ prior }: PreparedPool, { rows, includes }: LabelSet): boolean {
  return prior ? includes > 0 && includes < rows.length : rows.length > 0;
}

function learnedScores(
  pool: PreparedPool,
  labels: LabelSet,
  options: Required<LearnerOptions>,
): Float64Array {
  const sums = new Float64Array(pool.size);
  for (const { scores, standard } of learnedViews(pool, labels, options)) {
    const part = (score: number) => exp(options.spread * (score - standard.mean) * standard.scale);
    const boundary = part(0);
    for (let row = 0; row < pool.size; row++) sums[row]! += part(scores[row]!) - boundary;
  }
  return sums;
}

function shuffledScores(size: number, seed: number): Float64Array {
  const scores = new Float64Array(size);
  const rows = shuffled(Array.from(scores.keys()), mulberry32(seed));
  rows.forEach((row, place) => {
    scores[row] = (size - place) / size;
  });
  return scores;
}
