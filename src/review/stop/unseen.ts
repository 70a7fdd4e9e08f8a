import { type Posterior, PRIOR_FINDS } from './discovery-model.ts';
import type { Draws } from './history.ts';

/** Terms this many standard deviations below the mode of a distribution are not computed. */
const FAR = 40;
/** The sum of a class ends at terms below this. */
const NEGLIGIBLE = 1e-15;
/** Width of the classes in which models with nearly the same S are merged, in units of ln(S / (1 − S)); it bounds the time. */
const CLASS_WIDTH = 0.15;

/** How many includes are unseen: the probability of each number from 0 up; the sum is 1. Numbers beyond the end are as good as impossible. */
export type UnseenDistribution = Float64Array;

/**
 * The distribution of the number of unseen includes. In one model it is the negative binomial
 * P(U = u) = Γ(k + u) / (Γ(k) u!) S^u (1 − S)^k with k the finds (and Jeffreys' half), and S the share that the model expects to be
 * unseen; over the models it is their weighted sum, cut at the number of unread papers.
 * Each exclude that was drawn at random multiplies it by 1 − (includes unseen then) / (papers unread then), its exact
 * probability.
 */
export function unseenDistribution(
  { poolSize, found, random }: Draws,
  { finds, models }: Posterior,
): UnseenDistribution {
  const unread = poolSize - found.length;
  const k = finds + PRIOR_FINDS;
  const probabilities = new Float64Array(unread + 1);
  const logCounts = logCountsUpTo(unread, k);
  let last = 0;
  for (const { share: s, weight } of classesOf(models)) {
    const mean = (k * s) / (1 - s);
    const from = Math.max(0, Math.floor(Math.min(mean - FAR * Math.sqrt(mean / (1 - s)), unread)));
    let term = weight * Math.exp(logCounts[from]! + from * Math.log(s) + k * Math.log1p(-s));
    for (let u = from; u <= unread; u++) {
      probabilities[u]! += term;
      last = Math.max(last, u);
      term *= ((k + u) / (u + 1)) * s;
      if (u > mean && term < NEGLIGIBLE) break;
    }
  }
  const kept = probabilities.subarray(0, last + 1);
  multiplyByRandomExcludes(kept, { poolSize, found, random });
  normalise(kept);
  return kept;
}

/** Merges models whose unseen shares are nearly the same. */
function classesOf(models: Posterior['models']): { share: number; weight: number }[] {
  const classes = new Map<number, { weight: number; logits: number }>();
  for (const { logUnseen, weight } of models) {
    const logit = logUnseen - Math.log(-Math.expm1(logUnseen));
    const key = Math.floor(logit / CLASS_WIDTH);
    const known = classes.get(key) ?? { weight: 0, logits: 0 };
    classes.set(key, { weight: known.weight + weight, logits: known.logits + weight * logit });
  }
  return Array.from(classes.values(), ({ weight, logits }) => ({
    share: 1 / (1 + Math.exp(-logits / weight)),
    weight,
  }));
}

/** P(U ≤ u). */
export function cumulative(distribution: UnseenDistribution, u: number): number {
  let sum = 0;
  for (let at = 0; at <= u && at < distribution.length; at++) sum += distribution[at]!;
  return Math.min(1, sum);
}

/** The smallest u with P(U ≤ u) ≥ share. */
export function quantile(distribution: UnseenDistribution, share: number): number {
  let sum = 0;
  for (let u = 0; u < distribution.length; u++) {
    sum += distribution[u]!;
    if (sum >= share) return u;
  }
  return distribution.length - 1;
}

/** ln(Γ(k + u) / (Γ(k) u!)) for u from 0 to `most`. */
function logCountsUpTo(most: number, k: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let u = 0; u < most; u++) logs[u + 1] = logs[u]! + Math.log((k + u) / (u + 1));
  return logs;
}

function multiplyByRandomExcludes(
  probabilities: Float64Array,
  { poolSize, found, random }: Pick<Draws, 'poolSize' | 'found' | 'random'>,
): void {
  let foundLater = 0;
  for (let at = found.length - 1; at >= 0; at--) {
    if (found[at] === 1) foundLater++;
    else if (random[at] === 1) {
      const unreadThen = poolSize - at;
      for (let u = 0; u < probabilities.length; u++) {
        probabilities[u]! *= Math.max(0, 1 - (u + foundLater) / unreadThen);
      }
      // Many draws make all products small; their ratios are what counts.
      normalise(probabilities);
    }
  }
}

function normalise(probabilities: Float64Array): void {
  let sum = 0;
  for (const probability of probabilities) sum += probability;
  for (let u = 0; u < probabilities.length; u++) probabilities[u]! /= sum;
}
