import { meanOverKinds } from './figures.ts';
import type { TuningKind } from './queries.ts';
import type { RankingWeights } from './weights.ts';

const SHARES = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8];
const TITLE_WEIGHTS = [0, 0.15, 0.3, 0.5, 0.7, 1];
const FEEDBACKS = [0, 0.1, 0.2, 0.3];
/**
 * How much worse the mean may be with more feedback. Feedback mostly finds further relevant papers, which queries with one
 * relevant paper cannot show: they can only show from where on it does harm (scripts/measurements/models.md).
 */
const FEEDBACK_MAY_COST = 0.01;

/** Another title weight than the present one has to be better by this much: the papers have to be encoded again. */
const MIN_GAIN_OF_TITLE_WEIGHT = 0.005;

type Weights = Omit<RankingWeights, 'bm25'>;

/** All settings that calibration tries: the best value of each weight depends on the others. */
export const CALIBRATED_SETTINGS: readonly Weights[] = TITLE_WEIGHTS.flatMap((titleWeight) =>
  FEEDBACKS.flatMap((feedback) => SHARES.map((lexicalShare) => ({ lexicalShare, titleWeight, feedback }))),
);

/**
 * The setting with the best mean over the kinds of queries, but with the present title weight unless another one is clearly
 * better, and with the most feedback that does not make the mean much worse. The title weight is chosen on both kinds:
 * queries from titles favour 0, because their own papers have no title, and those from sentences favour more than is good,
 * because the rest of the text lacks its most general sentence.
 * @param measured for each setting, a value a query. @param queries in the same order, at least one.
 * @param titleWeight the present one.
 */
export function bestSetting<S extends Weights>(
  settings: readonly S[],
  measured: readonly (readonly number[])[],
  queries: readonly { readonly kind: TuningKind }[],
  titleWeight: number,
): S {
  const rated = settings.map((setting, n) => ({
    setting,
    mean: meanOverKinds(measured[n]!, queries, ['title', 'sentence']),
  }));
  const best = bestOf(rated);
  const present = rated.filter(({ setting }) => setting.titleWeight === titleWeight);
  const keeps = present.length > 0 && bestOf(present).mean >= best.mean - MIN_GAIN_OF_TITLE_WEIGHT;
  const { mean: most, setting: first } = keeps ? bestOf(present) : best;
  const good = rated.filter(
    ({ mean, setting }) => setting.titleWeight === first.titleWeight && mean >= most - FEEDBACK_MAY_COST,
  );
  const feedback = Math.max(...good.map(({ setting }) => setting.feedback));
  return bestOf(good.filter(({ setting }) => setting.feedback === feedback)).setting;
}

/** The first one with the highest mean. */
function bestOf<R extends { readonly mean: number }>(rated: readonly R[]): R {
  return rated.reduce((one, other) => (other.mean > one.mean ? other : one));
}
