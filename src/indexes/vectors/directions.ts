import { mulberry32 } from '../../util/random.ts';
import { innerProduct } from './inner-product.ts';

/** Rounds of the iteration: directions only have to be good, not exact, since every bound holds for any. */
const ROUNDS = 8;
/** Rows and directions taken in one go: a few milliseconds. */
const AT_ONCE = 8;
/** A direction shorter than this after those before it were subtracted is dependent on them. */
const DEPENDENT = 1e-4;

/**
 * Directions in which vectors vary most, about their first principal components (not centred), by orthogonal iteration
 * (Golub and Van Loan, Matrix Computations, 8.2.4): V becomes an orthonormal basis of X'XV, some times.
 * @param sample rows of `length` components, `size` of them, each read before the next one. @param count directions.
 * @returns count × length, row-major, orthonormal rows; zeros where the sample has fewer dimensions. A few milliseconds of
 *   work between two yields.
 */
export function* principalDirections(
  sample: Iterable<Float32Array>,
  size: number,
  length: number,
  count: number,
): Generator<void, Float32Array> {
  const random = mulberry32(1);
  const all = new Float32Array(count * length);
  // There are no more than rows and components.
  const directions = all.subarray(0, Math.min(count, size, length) * length);
  for (let i = 0; i < directions.length; i++) directions[i] = random() - 0.5;
  const products = yield* productsOf(sample, length);
  const next = new Float32Array(directions.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let start = 0; start < next.length; start += length) {
      if (start % (AT_ONCE * length) === 0) yield;
      const direction = directions.subarray(start, start + length);
      for (let i = 0; i < length; i++) next[start + i] = innerProduct(direction, products, i * length);
    }
    directions.set(next);
    yield* orthonormalize(directions, length);
  }
  return all;
}

/** X'X of the rows of X: length × length. */
function* productsOf(rows: Iterable<Float32Array>, length: number): Generator<void, Float32Array> {
  const sums = new Float64Array(length * length);
  // Four rows at a time: a sum is read and written once for all of them.
  const four = Array.from({ length: 4 }, () => new Float32Array(length));
  const [a, b, c, d] = four as [Float32Array, Float32Array, Float32Array, Float32Array];
  const add = () => {
    for (let i = 0; i < length; i++) {
      const [w, x, y, z] = [a[i]!, b[i]!, c[i]!, d[i]!];
      if (w === 0 && x === 0 && y === 0 && z === 0) continue;
      for (let j = i; j < length; j++) {
        sums[i * length + j]! += w * a[j]! + x * b[j]! + y * c[j]! + z * d[j]!;
      }
    }
    for (const row of four) row.fill(0);
  };
  let n = 0;
  for (const row of rows) {
    four[n % 4]!.set(row);
    if (n % 4 === 3) add();
    if (++n % AT_ONCE === 0) yield;
  }
  add();
  const products = new Float32Array(sums.length);
  for (let i = 0; i < length; i++) {
    for (let j = i; j < length; j++) {
      products[i * length + j] = sums[i * length + j]!;
      products[j * length + i] = sums[i * length + j]!;
    }
  }
  return products;
}

/** Modified Gram-Schmidt, twice, so that rounding leaves rows orthogonal. */
function* orthonormalize(rows: Float32Array, length: number): Generator<void> {
  for (let start = 0; start < rows.length; start += length) {
    if (start % (AT_ONCE * length) === 0) yield;
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
