import type { LabelSet } from './labels.ts';
import { type LearnerOptions, modelOf } from './models.ts';
import type { PreparedPool } from './pool.ts';
import { type Standard, standardOf } from './standard.ts';
import type { LinearModel } from './svm.ts';
import type { View } from './views.ts';

/** What was learned from one view. */
interface LearnedView {
  readonly model: LinearModel;
  /** Of each row. */
  readonly scores: Float64Array;
  /** Of the unread rows. */
  readonly standard: Standard;
}

/** What was last learned about a pool: a ranking is followed by the reasons of its first paper. */
const KNOWN = new WeakMap<PreparedPool, Map<string, readonly LearnedView[]>>();
const MAX_KNOWN = 3;

/** What the labels say by each view of a pool. Training takes nearly all of the time of a ranking, so the last results are kept. */
export function learnedViews(
  pool: PreparedPool,
  labels: LabelSet,
  options: Required<LearnerOptions>,
): readonly LearnedView[] {
  const known = KNOWN.get(pool) ?? new Map<string, readonly LearnedView[]>();
  KNOWN.set(pool, known);
  const key = [labels.rows.join(), labels.signs.join(), JSON.stringify(options)].join('\n');
  const learned = known.get(key) ?? learnAll(pool, labels, options);
  known.delete(key);
  known.set(key, learned);
  if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!);
  return learned;
}

/** The rows without a label, ascending. */
export function unreadRows({ rows }: LabelSet, size: number): Uint32Array {
  const labelled = new Uint8Array(size);
  for (const row of rows) labelled[row] = 1;
  return Uint32Array.from(labelled.keys()).filter((row) => labelled[row] === 0);
}

function learnAll(pool: PreparedPool, labels: LabelSet, options: Required<LearnerOptions>): LearnedView[] {
  const unread = unreadRows(labels, pool.size);
  const compared = unread.length > 0 ? unread : Uint32Array.from({ length: pool.size }, (_, row) => row);
  return pool.views.map((view) => learn(view, labels, compared, options));
}

function learn(
  view: View,
  labels: LabelSet,
  compared: Uint32Array,
  options: Required<LearnerOptions>,
): LearnedView {
  const model = modelOf(view, labels, options);
  const size = view.unshared.length;
  const scores = new Float64Array(size);
  for (let row = 0; row < size; row++) scores[row] = view.features.dot(row, model.weights) + model.bias;
  return { model, scores, standard: standardOf(scores, compared) };
}
