import type { PoolVectors, SparseRows } from './types.ts';

/** The papers of a pool as rows of numbers, of which a linear model needs only these operations. */
export interface Features {
  readonly width: number;
  /** Dot product of a row and the weights. */
  dot(row: number, weights: Float64Array): number;
  /** Adds `factor` times a row to the weights. */
  add(row: number, factor: number, weights: Float64Array): void;
  /** Squared length of a row. */
  square(row: number): number;
}

export function sparseFeatures({ starts, columns, values, width }: SparseRows): Features {
  return {
    width,
    dot(row, weights) {
      let sum = 0;
      const end = starts[row + 1]!;
      for (let i = starts[row]!; i < end; i++) sum += values[i]! * weights[columns[i]!]!;
      return sum;
    },
    add(row, factor, weights) {
      const end = starts[row + 1]!;
      for (let i = starts[row]!; i < end; i++) weights[columns[i]!]! += factor * values[i]!;
    },
    square(row) {
      return sumOfSquares(values, starts[row]!, starts[row + 1]!);
    },
  };
}

export function denseFeatures({ values, dimensions }: PoolVectors): Features {
  return {
    width: dimensions,
    dot(row, weights) {
      // Four sums, so that an addition need not wait for the one before. Their order is fixed.
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      const start = row * dimensions;
      let at = 0;
      for (; at + 3 < dimensions; at += 4) {
        a += values[start + at]! * weights[at]!;
        b += values[start + at + 1]! * weights[at + 1]!;
        c += values[start + at + 2]! * weights[at + 2]!;
        d += values[start + at + 3]! * weights[at + 3]!;
      }
      for (; at < dimensions; at++) a += values[start + at]! * weights[at]!;
      return a + b + (c + d);
    },
    add(row, factor, weights) {
      const start = row * dimensions;
      for (let at = 0; at < dimensions; at++) weights[at]! += factor * values[start + at]!;
    },
    square(row) {
      return sumOfSquares(values, row * dimensions, (row + 1) * dimensions);
    },
  };
}

function sumOfSquares(values: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]! * values[i]!;
  return sum;
}
