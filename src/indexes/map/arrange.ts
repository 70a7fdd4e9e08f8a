import type { Progress } from '../../util/progress.ts';
import type { Edges } from './membership.ts';

/**
 * The curve 1 / (1 + a d^2b) gives the similarity of two points at distance d. These are the a and b that fit
 * a distance of 0.1 between neighbours and a spread of 1, the defaults of the reference implementation (umap-learn).
 */
const A = 1.5769;
const B = 0.8951;
/** Points pushed away for each pair that is pulled together. */
const NEGATIVES = 5;
/** The maximum that one step moves a coordinate, before the learning rate. */
const MAX_GRADIENT = 4;

export interface LayoutOptions {
  /** Rounds; in each, the strongest pairs are pulled together once and the others as often as their weight says. */
  readonly epochs: number;
  /** Size of the first steps; it falls to 0 at the end. */
  readonly rate: number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** The points that others are pushed away from. */
  readonly pool: Uint32Array;
  /** One byte a point, 0 for one that stays where it is. */
  readonly movable: Uint8Array;
  readonly onProgress?: Progress | undefined;
}

/**
 * Moves points so that pairs approach each other and others stay apart: stochastic gradient descent on the cross entropy of
 * fuzzy sets, with negative sampling. McInnes, Healy and Melville (2018), UMAP, algorithm 5.
 * @param positions x and y of each point, one pair after another; changed in place.
 */
export function arrange(positions: Float32Array, edges: Edges, options: LayoutOptions): void {
  const { heads, tails, weights } = edges;
  const { epochs, rate, random, pool, movable, onProgress } = options;
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const due = weights.map((weight) => strongest / weight);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const step = rate * (1 - (epoch - 1) / epochs);
    for (let edge = 0; edge < due.length; edge++) {
      if (due[edge]! > epoch) continue;
      due[edge]! += strongest / weights[edge]!;
      const head = heads[edge]!;
      const tail = tails[edge]!;
      // The reference implementation has each pair in both directions, and pulls for each.
      pull(positions, head, tail, step, movable);
      if (movable[head] === 1) pushAway(positions, head, step, pool, random);
      pull(positions, head, tail, step, movable);
      if (movable[tail] === 1) pushAway(positions, tail, step, pool, random);
    }
    onProgress?.(epoch, epochs);
  }
}

function pull(positions: Float32Array, a: number, b: number, step: number, movable: Uint8Array): void {
  const dx = positions[2 * a]! - positions[2 * b]!;
  const dy = positions[2 * a + 1]! - positions[2 * b + 1]!;
  const squared = dx * dx + dy * dy;
  if (squared === 0) return;
  const power = squared ** B;
  const factor = (-2 * A * B * power) / (squared * (1 + A * power));
  const moveX = step * clipped(factor * dx);
  const moveY = step * clipped(factor * dy);
  if (movable[a] === 1) move(positions, a, moveX, moveY);
  if (movable[b] === 1) move(positions, b, -moveX, -moveY);
}

function pushAway(
  positions: Float32Array,
  point: number,
  step: number,
  pool: Uint32Array,
  random: () => number,
): void {
  for (let n = 0; n < NEGATIVES; n++) {
    const other = pool[Math.floor(random() * pool.length)]!;
    if (other === point) continue;
    const dx = positions[2 * point]! - positions[2 * other]!;
    const dy = positions[2 * point + 1]! - positions[2 * other + 1]!;
    const squared = dx * dx + dy * dy;
    const factor = (2 * B) / ((0.001 + squared) * (1 + A * squared ** B));
    // Points at the same place have no direction away from each other: any will do.
    const moveX = squared === 0 ? MAX_GRADIENT * (2 * random() - 1) : clipped(factor * dx);
    const moveY = squared === 0 ? MAX_GRADIENT * (2 * random() - 1) : clipped(factor * dy);
    move(positions, point, step * moveX, step * moveY);
  }
}

function move(positions: Float32Array, point: number, x: number, y: number): void {
  positions[2 * point]! += x;
  positions[2 * point + 1]! += y;
}

function clipped(gradient: number): number {
  return Math.min(MAX_GRADIENT, Math.max(-MAX_GRADIENT, gradient));
}
