import { mulberry32, shuffled } from '../../util/random.ts';
import { type Block, denseBlock, sparseBlock } from './blocks.ts';
import { type LabelSet, labelSet } from './labels.ts';
import type { PreparedPool } from './pool.ts';
import { type Examples, type LinearModel, scoreOf, trainSvm } from './svm.ts';
import type { Label, Ranking } from './types.ts';

/** Changes with any change of the ranks that the same pool and labels give. */
export const LEARNER_VERSION = 'svm-1';

/** Settings of the learner. */
export interface LearnerOptions {
  /** C of the support vector machine, for a label of mean weight. Default: 0.11. */
  readonly cost?: number;
  /** Weight of all includes together, in weights of all excludes together. Default: 9.8. */
  readonly balance?: number;
  /** Scale of the vectors beside the words, whose scale is 1. Default: 1. */
  readonly vectorScale?: number;
  /** Seed of the order of papers where nothing is known. Default: 1. */
  readonly seed?: number;
}

const DEFAULTS = { cost: 0.11, balance: 9.8, vectorScale: 1, seed: 1 };

/**
 * Ranks a pool by its labels alone: the same labels, in any order and after any history, give the same ranking, byte for
 * byte, on any machine. Before there are labels of both kinds, the order is that of the prior if there is one, else
 * that of closeness to the known includes (or of distance from the known excludes), else a shuffle with a seed.
 * @throws PaperSearchError BAD_REQUEST for a row that is not in the pool, or that has more than one label.
 */
export function rankPool(
  pool: PreparedPool,
  labels: readonly Label[],
  options: LearnerOptions = {},
): Ranking {
  const set = labelSet(labels, pool.size);
  const settings = { ...DEFAULTS, ...options };
  const model = modelOf(pool, set, settings);
  const scores = model
    ? scoresOf(model, pool.size)
    : (pool.prior ?? shuffledScores(pool.size, settings.seed));
  return { scores: scores.slice(), order: orderOf(scores, set) };
}

/** The last models of a pool: a ranking is followed by the reasons of its first paper. */
const KNOWN_MODELS = new WeakMap<PreparedPool, Map<string, LinearModel>>();
const MAX_KNOWN = 3;

/** What the labels say about features; undefined where papers are ranked by the prior or by chance. */
export function modelOf(
  pool: PreparedPool,
  labels: LabelSet,
  options: Required<LearnerOptions> = DEFAULTS,
): LinearModel | undefined {
  const { rows, includes } = labels;
  if (includes > 0 && includes < rows.length) return knownOrTrained(pool, labels, options);
  if (pool.prior || rows.length === 0) return undefined;
  return closeness(pool, labels, options);
}

function scoresOf(model: LinearModel, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => scoreOf(model, row));
}

/** Training takes nearly all of the time of a ranking, so the last models are kept. */
function knownOrTrained(
  pool: PreparedPool,
  labels: LabelSet,
  options: Required<LearnerOptions>,
): LinearModel {
  const known = KNOWN_MODELS.get(pool) ?? new Map<string, LinearModel>();
  KNOWN_MODELS.set(pool, known);
  const key = [labels.rows.join(), labels.signs.join(), JSON.stringify(options)].join('\n');
  const model = known.get(key) ?? train(pool, labels, options);
  known.delete(key);
  known.set(key, model);
  if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!);
  return model;
}

/** The model of labels of both kinds. */
function train(
  pool: PreparedPool,
  { rows, signs, includes }: LabelSet,
  options: Required<LearnerOptions>,
): LinearModel {
  const excludes = rows.length - includes;
  // As ASReview's balancer: the mean weight is 1.
  const unit = rows.length / (includes * (1 + 1 / options.balance));
  const costOf = (sign: number) =>
    options.cost * unit * (sign > 0 ? 1 : includes / (options.balance * excludes));
  const examples: Examples = {
    blocks: blocksOf(pool, options),
    rows,
    signs,
    costs: Float64Array.from(signs, costOf),
    unshared: Float64Array.from(rows, (row) => pool.words.unshared[row]!),
  };
  return trainSvm(examples);
}

function blocksOf({ words, vectors }: PreparedPool, { vectorScale }: Required<LearnerOptions>): Block[] {
  const blocks = [sparseBlock(words, 1)];
  if (vectors) blocks.push(denseBlock(vectors, vectorScale));
  return blocks;
}

/** Scores are dot products with the sum of the includes, or with minus that of the excludes where there are no includes. */
function closeness(
  pool: PreparedPool,
  { rows, signs }: LabelSet,
  options: Required<LearnerOptions>,
): LinearModel {
  const blocks = blocksOf(pool, options);
  const weights = new Float64Array(blocks.reduce((sum, { width }) => sum + width, 0));
  rows.forEach((row, i) => {
    let offset = 0;
    for (const block of blocks) {
      block.add(row, signs[i]! / rows.length, weights, offset);
      offset += block.width;
    }
  });
  return { blocks, weights, bias: 0, sweeps: 0 };
}

function shuffledScores(size: number, seed: number): Float64Array {
  const scores = new Float64Array(size);
  const rows = shuffled(Array.from(scores.keys()), mulberry32(seed));
  rows.forEach((row, place) => {
    scores[row] = (size - place) / size;
  });
  return scores;
}

function orderOf(scores: Float64Array, { rows }: LabelSet): Uint32Array {
  const labelled = new Uint8Array(scores.length);
  for (const row of rows) labelled[row] = 1;
  const unread = Uint32Array.from(scores.keys()).filter((row) => labelled[row] === 0);
  return unread.sort((a, b) => scores[b]! - scores[a]! || a - b);
}
