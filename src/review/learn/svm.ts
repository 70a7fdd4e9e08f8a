import { mulberry32 } from '../../util/random.ts';
import type { Block } from './blocks.ts';

/** The labelled papers as the solver sees them. */
export interface Examples {
  readonly blocks: readonly Block[];
  readonly rows: Uint32Array;
  /** y_i: 1 for an include, -1 for an exclude. */
  readonly signs: Int8Array;
  /** C_i: what an error costs; above 0. */
  readonly costs: Float64Array;
  /** Squared length of the features of each row that no other paper has; they have no place in the weights. */
  readonly unshared: Float64Array;
}

/** A linear classifier: score(x) = weights · x + bias. */
export interface LinearModel {
  readonly blocks: readonly Block[];
  readonly weights: Float64Array;
  readonly bias: number;
  /** Sweeps over the examples until the solution was within the tolerance. */
  readonly sweeps: number;
}

const MAX_SWEEPS = 100;
const TOLERANCE = 1e-3;
const SEED = 17;

/**
 * Trains a linear support vector machine with squared hinge loss:
 *
 *   min ½ (|w|² + b²) + Σ C_i · max(0, 1 - y_i (w · x_i + b))²
 *
 * by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and Sundararajan, ICML 2008, algorithm 1 with random order of
 * coordinates, here from a fixed seed). A feature that only example i has adds its square to the diagonal of the dual
 * problem at i, so such features need no weight. Starts from zero, so that the result depends on nothing but the input.
 */
export function trainSvm({ blocks, rows, signs, costs, unshared }: Examples): LinearModel {
  const count = rows.length;
  const weights = new Float64Array(widthOf(blocks));
  let bias = 0;
  const alphas = new Float64Array(count);
  const own = new Float64Array(count);
  const curvature = new Float64Array(count);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    own[i] = 1 / (2 * costs[i]!) + unshared[i]!;
    curvature[i] = square(blocks, rows[i]!) + 1 + own[i]!;
    order[i] = i;
  }
  const random = mulberry32(SEED);
  let sweeps = 0;
  for (let gap = Number.POSITIVE_INFINITY; gap > TOLERANCE && sweeps < MAX_SWEEPS; sweeps++) {
    shuffle(order, random);
    gap = 0;
    for (let k = 0; k < count; k++) {
      const i = order[k]!;
      const sign = signs[i]!;
      const alpha = alphas[i]!;
      const gradient = sign * (dot(blocks, rows[i]!, weights) + bias) - 1 + own[i]! * alpha;
      const projected = alpha > 0 ? gradient : Math.min(gradient, 0);
      if (projected === 0) continue;
      gap = Math.max(gap, Math.abs(projected));
      const next = Math.max(alpha - gradient / curvature[i]!, 0);
      const factor = (next - alpha) * sign;
      alphas[i] = next;
      add(blocks, rows[i]!, factor, weights);
      bias += factor;
    }
  }
  return { blocks, weights, bias, sweeps };
}

/** The score of the paper of a row. */
export function scoreOf({ blocks, weights, bias }: LinearModel, row: number): number {
  return dot(blocks, row, weights) + bias;
}

function widthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { width }) => sum + width, 0);
}

function dot(blocks: readonly Block[], row: number, weights: Float64Array): number {
  let sum = 0;
  let offset = 0;
  for (const block of blocks) {
    sum += block.dot(row, weights, offset);
    offset += block.width;
  }
  return sum;
}

function square(blocks: readonly Block[], row: number): number {
  return blocks.reduce((sum, block) => sum + block.square(row), 0);
}

function add(blocks: readonly Block[], row: number, factor: number, weights: Float64Array): void {
  let offset = 0;
  for (const block of blocks) {
    block.add(row, factor, weights, offset);
    offset += block.width;
  }
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const kept = order[last]!;
    order[last] = order[drawn]!;
    order[drawn] = kept;
  }
}
