import { mulberry32 } from '../../util/random.ts';

/** The difference of two systems over the same queries, and how likely a difference as large is by chance alone. */
export interface Comparison {
  /** Mean of the first minus mean of the second. */
  readonly difference: number;
  /** Two-sided, above 0, at most 1. */
  readonly p: number;
}

export interface RandomisationOptions {
  /** Permutations drawn when there are too many to compute all. Default 100,000. */
  readonly permutations?: number | undefined;
  /** Default 1. The same seed gives the same p. */
  readonly seed?: number | undefined;
}

/** Up to this many queries with a difference, all 2^n permutations are computed. */
const MAX_EXACT = 16;
/** More than the rounding error of a sum in another order. */
const ROUNDING = 1e-9;

/**
 * Fisher's paired randomisation test (Smucker, Allan, Carterette, CIKM 2007). If the systems were equally good, the two
 * values of a query could be exchanged; p is the share of such exchanges with a mean difference at least as large as
 * the observed one, in either direction. Exact when 16 queries or fewer differ. Otherwise exchanges are drawn, and the
 * observed one is counted among them, so that p is not 0 (Phipson and Smyth, 2010, eq. 2). p is for one comparison:
 * correct the p-values of several with `holm`.
 * @param first @param second one value a query, in the same order of queries, at least one.
 * @throws Error when their lengths differ.
 */
export function randomisationTest(
  first: readonly number[],
  second: readonly number[],
  { permutations = 100_000, seed = 1 }: RandomisationOptions = {},
): Comparison {
  if (first.length !== second.length) throw new Error('Paired values must belong to the same queries.');
  const differences = first.map((value, query) => value - second[query]!);
  const observed = differences.reduce((sum, value) => sum + value, 0);
  const least = Math.abs(observed) - ROUNDING;
  // Exchanging equal values changes nothing.
  const changing = differences.filter((value) => value !== 0);
  const difference = observed / first.length;
  if (changing.length <= MAX_EXACT) {
    const all = 2 ** changing.length;
    let asLarge = 0;
    for (let signs = 0; signs < all; signs++) {
      const sum = changing.reduce((total, value, bit) => total + ((signs >> bit) & 1 ? -value : value), 0);
      if (Math.abs(sum) >= least) asLarge++;
    }
    return { difference, p: asLarge / all };
  }
  const random = mulberry32(seed);
  let asLarge = 1;
  for (let n = 0; n < permutations; n++) {
    if (Math.abs(drawnSum(changing, random)) >= least) asLarge++;
  }
  return { difference, p: asLarge / (permutations + 1) };
}

/**
 * Corrects several p-values (Holm, Scandinavian Journal of Statistics 1979): the probability that any of those below a
 * level is there by chance is at most that level.
 * @returns in the order given. In ascending order, the i-th of m (i from 0) becomes (m - i) p, at least the corrected
 *   value before it, at most 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.min(1, Math.max(largest, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}

/** The sum with a random sign for each value: one random number is enough for 32 values. */
function drawnSum(values: readonly number[], random: () => number): number {
  let sum = 0;
  let bits = 0;
  for (let i = 0; i < values.length; i++) {
    bits = i % 32 === 0 ? (random() * 2 ** 32) | 0 : bits >>> 1;
    // No branch: the processor could not predict it.
    sum += values[i]! * ((bits & 1) * 2 - 1);
  }
  return sum;
}
