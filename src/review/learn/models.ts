import type { LabelSet } from './labels.ts';
import { type LinearModel, trainSvm } from './svm.ts';
import type { View } from './views.ts';

/** Settings of the learner. Defaults and their reasons: `DEFAULTS`. */
export interface LearnerOptions {
  /** C of the support vector machines, for a label of mean weight. */
  readonly cost?: number;
  /** Weight of all includes together, in weights of all excludes together. */
  readonly balance?: number;
  /** How much a paper that one view ranks very high is preferred to one that all views rank rather high; 0 is not at all. */
  readonly spread?: number;
  /** Seed of the order of papers where nothing is known. */
  readonly seed?: number;
}

/**
 * `balance` is that of ASReview's ELAS u4, which was tuned on the SYNERGY reviews. `cost` and `spread` were chosen on real
 * reviews: scripts/measurements/screening-learners.md.
 */
export const DEFAULTS: Required<LearnerOptions> = { cost: 0.06, balance: 9.8, spread: 0.7, seed: 1 };

/** What the labels say about the features of a view. Labels of both kinds: a classifier. Labels of one kind: their mean. */
export function modelOf(view: View, labels: LabelSet, options: Required<LearnerOptions>): LinearModel {
  const { rows, includes } = labels;
  return includes > 0 && includes < rows.length ? classifier(view, labels, options) : closeness(view, labels);
}

function classifier(
  { features, unshared }: View,
  { rows, signs, includes }: LabelSet,
  { cost, balance }: Required<LearnerOptions>,
): LinearModel {
  const excludes = rows.length - includes;
  // As ASReview's balancer: the mean weight is 1.
  const unit = (cost * rows.length) / (includes * (1 + 1 / balance));
  const exclude = (unit * includes) / (balance * excludes);
  return trainSvm({
    features,
    rows,
    signs,
    costs: Float64Array.from(signs, (sign) => (sign > 0 ? unit : exclude)),
    unshared: Float64Array.from(rows, (row) => unshared[row]!),
  });
}

/** The score is the mean dot product with the includes, or minus that with the excludes. */
function closeness({ features }: View, { rows, signs }: LabelSet): LinearModel {
  const weights = new Float64Array(features.width);
  rows.forEach((row, i) => {
    features.add(row, signs[i]! / rows.length, weights);
  });
  return { weights, bias: 0 };
}
