import { topDocuments } from '../../indexes/top-documents.ts';

/*
 * How the similarities of papers to several seeds become one score. scripts/measurements/related.md has the figures behind
 * the numbers here.
 */

/** How many of a seed's most similar papers its scale is the mean of. */
const SCALE_PAPERS = 30;
/** The exponent of the mean over seeds: 1 is the plain mean, infinity the nearest seed alone. */
const EXPONENT = 4;
/** How much the similarity to the nearest negative seed is subtracted. */
const NEGATIVE_WEIGHT = 0.5;

/** The similarity of every paper to a seed, and what it is divided by to compare it with other seeds. */
export interface Similarities {
  /** By position. */
  readonly of: Float64Array;
  /** More than 0. */
  readonly scale: number;
}

/**
 * The scale of a seed: the mean similarity of the 30 papers that are most similar to it; 1 where no paper is similar. It
 * does not depend on filters, so that these do not change the order of the papers that they leave.
 * @param seeds positions of papers that are not counted.
 */
export function scaleOf(similarities: Float64Array, seeds: readonly number[]): number {
  const others = similarities.slice();
  for (const doc of seeds) others[doc] = Number.NEGATIVE_INFINITY;
  const nearest = topDocuments(others, SCALE_PAPERS).filter(({ score }) => score > 0);
  return nearest.length === 0 ? 1 : nearest.reduce((sum, { score }) => sum + score, 0) / nearest.length;
}

/**
 * How similar a paper is to positive seeds, on the scale of a similarity:
 *
 *   c × ((1/n) × Σ over the seeds (similarity / scale)⁴)^(1/4), c the mean of the scales.
 *
 * With one seed, its similarity. A negative similarity counts as 0; if all are negative, the largest is the mean.
 * @param near at least one.
 */
export function likeness(near: readonly Similarities[], doc: number): number {
  return meanScale(near) * powerMean(near, doc);
}

/**
 * What is subtracted because a paper is similar to negative seeds: 0.5 × c × max over them (similarity / scale), c the mean
 * scale of the positive ones; at least 0.
 * @param near at least one.
 */
export function unlikeness(near: readonly Similarities[], far: readonly Similarities[], doc: number): number {
  let worst = 0;
  for (const { of, scale } of far) worst = Math.max(worst, of[doc]! / scale);
  return NEGATIVE_WEIGHT * meanScale(near) * worst;
}

function meanScale(seeds: readonly Similarities[]): number {
  let sum = 0;
  for (const { scale } of seeds) sum += scale;
  return sum / seeds.length;
}

function powerMean(near: readonly Similarities[], doc: number): number {
  if (near.length === 1) return near[0]!.of[doc]! / near[0]!.scale;
  let best = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const { of, scale } of near) {
    const value = of[doc]! / scale;
    if (value > best) best = value;
    if (value > 0) sum += value ** EXPONENT;
  }
  return best > 0 ? (sum / near.length) ** (1 / EXPONENT) : best;
}
