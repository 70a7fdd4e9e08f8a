import { mulberry32 } from '../../util/random.ts';
import { innerProduct } from './inner-product.ts';

/** Rounds of the iteration: directions only have to be good, not exact, since every bound holds for any. */
const ROUNDS = 3;
/** A direction shorter than this after those before it were subtracted is dependent on them. */
const DEPENDENT = 1e-4;

/**
 * Directions in which vectors vary most, about their first principal components (not centred), by orthogonal iteration
 * (Golub and Van Loan, Matrix Computations, 8.2.4): V becomes an orthonormal basis of X'XV, some times.
 * @param sample rows of `length` components. @param count directions.
 * @returns count × length, row-major, orthonormal rows; zeros where the sample has fewer dimensions. Yields after each round.
 */
export function* principalDirections(
  sample: readonly Float32Array[],
  length: number,
  count: number,
): Generator<void, Float32Array> {
  const random = mulberry32(1);
  const directions = Float32Array.from({ length: count * length }, () => random() - 0.5);
  const next = new Float32Array(directions.length);
  for (let round = 0; round < ROUNDS; round++) {
    next.fill(0);
    for (const row of sample) {
      for (let start = 0; start < next.length; start += length) {
        const weight = innerProduct(row, directions, start);
        for (let i = 0; i < length; i++) next[start + i]! += weight * row[i]!;
      }
    }
    directions.set(next);
    orthonormalize(directions, length);
    yield;
  }
  return directions;
}

/** Modified Gram-Schmidt, twice, so that rounding leaves rows orthogonal. */
function orthonormalize(rows: Float32Array, length: number): void {
  for (let start = 0; start < rows.length; start += length) {
    const row = rows.subarray(start, start + length);
    const before = Math.sqrt(innerProduct(row, row));
    for (const _pass of [1, 2]) {
      for (let other = 0; other < start; other += length) {
        const weight = innerProduct(row, rows, other);
        for (let i = 0; i < length; i++) row[i]! -= weight * rows[other + i]!;
      }
    }
    const norm = Math.sqrt(innerProduct(row, row));
    const isDependent = norm <= DEPENDENT * before;
    for (let i = 0; i < length; i++) row[i] = isDependent ? 0 : row[i]! / norm;
  }
}
