import type { Neighbours } from './neighbours.ts';

/** Pairs of similar documents, each with its membership: more than 0, at most 1. */
export interface Edges {
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  readonly weights: Float32Array;
}

/** Halvings of the interval that contains the bandwidth: as many as single precision can distinguish. */
const HALVINGS = 48;
/** A bandwidth is at least this share of the mean distance, so that a clump of copies does not divide by zero. */
const MIN_BANDWIDTH = 1e-3;

/**
 * The membership of each neighbour: exp(-(d - ρ) / σ), where ρ is the distance of the nearest one that
 * is not a copy, and σ such that the memberships of a document add up to log2(k). McInnes, Healy and Melville (2018),
 * "UMAP: Uniform Manifold Approximation and Projection", algorithms 2 and 3.
 * @returns one a neighbour, in the order of `neighbours`.
 */
export function memberships({ of, k, distances }: Neighbours): Float32Array {
  const weights = new Float32Array(distances.length);
  const target = Math.log2(k);
  for (let i = 0; i < of.length; i++) {
    const row = distances.subarray(i * k, (i + 1) * k);
    const nearest = row.find((distance) => distance > 0) ?? 0;
    const bandwidth = Math.max(bandwidthFor(row, nearest, target), MIN_BANDWIDTH * mean(row));
    row.forEach((distance, j) => {
      const beyond = Math.max(0, distance - nearest);
      weights[i * k + j] = beyond === 0 ? 1 : Math.exp(-beyond / bandwidth);
    });
  }
  return weights;
}

/**
 * The pairs of a neighbour graph, each once: a + b - ab of the memberships in both directions, the union of fuzzy
 * sets (same source, definition 9). Sorted by head, then tail; the head is the smaller.
 */
export function pairsOf(neighbours: Neighbours): Edges {
  const { of, k, docs } = neighbours;
  const weights = memberships(neighbours);
  const order = new Float64Array(weights.length);
  const size = 1 + Math.max(largest(of), largest(docs));
  const strengths = new Map<number, number>();
  let count = 0;
  weights.forEach((weight, at) => {
    const a = of[Math.floor(at / k)]!;
    const b = docs[at]!;
    const key = Math.min(a, b) * size + Math.max(a, b);
    const other = strengths.get(key);
    if (other === undefined) order[count++] = key;
    strengths.set(key, other === undefined ? weight : other + weight - other * weight);
  });
  const keys = order.subarray(0, count).sort();
  return {
    heads: Uint32Array.from(keys, (key) => Math.floor(key / size)),
    tails: Uint32Array.from(keys, (key) => key % size),
    weights: Float32Array.from(keys, (key) => strengths.get(key)!),
  };
}

/** The bandwidth with which the memberships of a row add up to `target`. */
function bandwidthFor(row: Float32Array, nearest: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let bandwidth = 1;
  for (let n = 0; n < HALVINGS; n++) {
    let sum = 0;
    for (const distance of row) sum += Math.exp(-Math.max(0, distance - nearest) / bandwidth);
    if (sum > target) high = bandwidth;
    else low = bandwidth;
    bandwidth = high === Number.POSITIVE_INFINITY ? bandwidth * 2 : (low + high) / 2;
  }
  return bandwidth;
}

function mean(row: Float32Array): number {
  return row.reduce((sum, value) => sum + value, 0) / row.length;
}

function largest(docs: Uint32Array): number {
  return docs.reduce((most, doc) => Math.max(most, doc), 0);
}
