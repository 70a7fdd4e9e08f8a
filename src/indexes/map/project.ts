import type { Progress } from '../../util/progress.ts';
import { mulberry32 } from '../../util/random.ts';
import type { CodeMemory } from '../vectors/code-memory.ts';
import { arrange } from './arrange.ts';
import { memberships, pairsOf } from './membership.ts';
import { nearestNeighbours } from './neighbours.ts';
import { principalCoordinates } from './principal-axes.ts';

/** Neighbours of a paper that its place is computed from. */
const NEIGHBOURS = 15;
/** In larger indexes, this many papers are arranged and the others placed among them. Measured: scripts/measurements/map.md. */
const MAX_ARRANGED = 20_000;
/** The first layout is this wide. */
const INITIAL_WIDTH = 20;
/** Rounds for up to so many papers, and for more (umap-learn's numbers). */
const SMALL = { papers: 10_000, epochs: 500 };
const LARGE = { epochs: 200 };
/** Papers placed among others move a quarter as far a step, for fewer rounds (umap-learn's `transform`). */
const PLACING = { epochs: 60, rate: 0.25 };
/** A layout that starts from an earlier one moves less. */
const REFIT_RATE = 0.5;
const SEED = 20_180_209;

/** Where papers are, in the units of the layout: neighbours are about 0.1 apart. */
export interface Placement {
  /** x and y of each paper, one pair after another. */
  readonly positions: Float32Array;
  /** One byte a paper, 0 for one whose position is not known yet. */
  readonly known: Uint8Array;
}

/**
 * Arranges all papers so that near vectors are near each other: UMAP (see `arrange`) from the exact neighbours by
 * the codes. It begins with the first two principal components, or with earlier positions. The same input gives the
 * same positions.
 * @param earlier positions to begin with; those not known are placed first.
 * @returns x and y of each paper, in units of the layout.
 */
export function project(memory: CodeMemory, earlier?: Placement, onProgress?: Progress): Float32Array {
  const { count, everyDoc } = memory;
  const random = mulberry32(SEED);
  const arranged = count > MAX_ARRANGED ? drawn(everyDoc, MAX_ARRANGED, random) : everyDoc.slice();
  const start = earlier?.known.includes(1) ? place(memory, earlier) : undefined;
  const positions = start ?? new Float32Array(2 * count);
  if (!start) spread(principalCoordinates(memory, arranged), arranged, positions, random);
  const epochs = arranged.length <= SMALL.papers ? SMALL.epochs : LARGE.epochs;
  const total = arranged.length + epochs * 100;
  const k = Math.min(NEIGHBOURS, arranged.length - 1);
  const pairs = pairsOf(
    nearestNeighbours(memory, arranged, arranged, k, (done) => onProgress?.(done, total)),
  );
  const movable = maskOf(arranged, count);
  arrange(positions, pairs, {
    epochs,
    rate: start ? REFIT_RATE : 1,
    random,
    pool: arranged,
    movable,
    onProgress: (done) => onProgress?.(arranged.length + 100 * done, total),
  });
  return arranged.length < count ? place(memory, { positions, known: movable }) : positions;
}

/**
 * Places papers among those whose positions are known, which stay: at the mean of their nearest neighbours, weighted by
 * similarity, then arranged around it for a few rounds.
 * @returns the positions of all papers.
 */
export function place(memory: CodeMemory, { positions: before, known }: Placement): Float32Array {
  const positions = before.slice();
  const pool = memory.everyDoc.filter((doc) => known[doc] === 1);
  const missing = memory.everyDoc.filter((doc) => known[doc] === 0);
  const k = Math.min(NEIGHBOURS, pool.length);
  const neighbours = nearestNeighbours(memory, missing, pool, k);
  const weights = memberships(neighbours);
  missing.forEach((doc, i) => {
    let sum = 0;
    let x = 0;
    let y = 0;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const near = neighbours.docs[at]!;
      const weight = weights[at]!;
      sum += weight;
      x += weight * positions[2 * near]!;
      y += weight * positions[2 * near + 1]!;
    }
    positions[2 * doc] = x / sum;
    positions[2 * doc + 1] = y / sum;
  });
  const heads = Uint32Array.from(weights, (_, at) => missing[Math.floor(at / k)]!);
  const edges = { heads, tails: neighbours.docs, weights };
  const movable = maskOf(missing, memory.count);
  arrange(positions, edges, { ...PLACING, random: mulberry32(SEED), pool, movable });
  return positions;
}

/** A random sample of the documents, ascending. */
function drawn(docs: Uint32Array, size: number, random: () => number): Uint32Array {
  const order = docs.slice();
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(random() * (order.length - i));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order.subarray(0, size).toSorted();
}

/** Writes coordinates at the width of a first layout, with a little noise that separates copies. */
function spread(
  coordinates: Float32Array,
  docs: Uint32Array,
  positions: Float32Array,
  random: () => number,
): void {
  const largest = coordinates.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest === 0 ? 0 : INITIAL_WIDTH / 2 / largest;
  docs.forEach((doc, i) => {
    positions[2 * doc] = scale * coordinates[2 * i]! + 1e-3 * random();
    positions[2 * doc + 1] = scale * coordinates[2 * i + 1]! + 1e-3 * random();
  });
}

function maskOf(docs: Uint32Array, count: number): Uint8Array {
  const mask = new Uint8Array(count);
  for (const doc of docs) mask[doc] = 1;
  return mask;
}
