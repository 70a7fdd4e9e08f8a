import { mulberry32 } from '../../util/random.ts';
import type { Features } from './features.ts';

/** The labelled papers as the solver sees them. */
export interface Examples {
  readonly features: Features;
  readonly rows: Uint32Array;
  /** y_i: 1 for an include, -1 for an exclude. */
  readonly signs: Int8Array;
  /** C_i: what an error costs; above 0. */
  readonly costs: Float64Array;
  /** Squared length of the features of each example that no other paper has; they have no place in the weights. */
  readonly unshared: Float64Array;
}

/** A linear classifier: score(x) = weights · x + bias. */
export interface LinearModel {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** The largest violation of the optimality conditions that is accepted, in units of the margin. */
const TOLERANCE = 1e-2;
const MAX_SWEEPS = 100;
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
export function trainSvm({ features, rows, signs, costs, unshared }: Examples): LinearModel {
  const count = rows.length;
  const weights = new Float64Array(features.width);
  let bias = 0;
  const alphas = new Float64Array(count);
  const own = new Float64Array(count);
  const curvature = new Float64Array(count);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    own[i] = 1 / (2 * costs[i]!) + unshared[i]!;
    curvature[i] = features.square(rows[i]!) + 1 + own[i]!;
    order[i] = i;
  }
  const random = mulberry32(SEED);
  let violation = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < MAX_SWEEPS && violation > TOLERANCE; sweep++) {
    shuffle(order, random);
    violation = 0;
    for (let k = 0; k < count; k++) {
      const i = order[k]!;
      const sign = signs[i]!;
      const alpha = alphas[i]!;
      const gradient = sign * (features.dot(rows[i]!, weights) + bias) - 1 + own[i]! * alpha;
      if (alpha === 0 && gradient >= 0) continue;
      const size = gradient < 0 ? -gradient : gradient;
      if (size > violation) violation = size;
      const step = alpha - gradient / curvature[i]!;
      const next = step > 0 ? step : 0;
      const factor = (next - alpha) * sign;
      alphas[i] = next;
      features.add(rows[i]!, factor, weights);
      bias += factor;
    }
  }
  return { weights, bias };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const kept = order[last]!;
    order[last] = order[drawn]!;
    order[drawn] = kept;
  }
}
