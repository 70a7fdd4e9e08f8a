import type { PoolVectors, SparseRows } from './types.ts';

/**
 * A part of the features of a pool. Its columns have places in an array of weights that several blocks share, from
 * `offset` on.
 */
export interface Block {
  readonly width: number;
  dot(row: number, weights: Float64Array, offset: number): number;
  add(row: number, factor: number, weights: Float64Array, offset: number): void;
  /** Squared length of a row. */
  square(row: number): number;
}

/** Sparse rows, times a constant. */
export function sparseBlock({ starts, columns, values, width }: SparseRows, scale: number): Block {
  return {
    width,
    dot(row, weights, offset) {
      let sum = 0;
      const end = starts[row + 1]!;
      for (let i = starts[row]!; i < end; i++) sum += values[i]! * weights[offset + columns[i]!]!;
      return scale * sum;
    },
    add(row, factor, weights, offset) {
      const scaled = scale * factor;
      const end = starts[row + 1]!;
      for (let i = starts[row]!; i < end; i++) weights[offset + columns[i]!]! += scaled * values[i]!;
    },
    square(row) {
      let sum = 0;
      const end = starts[row + 1]!;
      for (let i = starts[row]!; i < end; i++) sum += values[i]! * values[i]!;
      return scale * scale * sum;
    },
  };
}

/** Dense rows, times a constant. */
export function denseBlock({ values, dimensions }: PoolVectors, scale: number): Block {
  return {
    width: dimensions,
    dot(row, weights, offset) {
      let sum = 0;
      const start = row * dimensions;
      for (let d = 0; d < dimensions; d++) sum += values[start + d]! * weights[offset + d]!;
      return scale * sum;
    },
    add(row, factor, weights, offset) {
      const scaled = scale * factor;
      const start = row * dimensions;
      for (let d = 0; d < dimensions; d++) weights[offset + d]! += scaled * values[start + d]!;
    },
    square(row) {
      let sum = 0;
      const end = (row + 1) * dimensions;
      for (let i = row * dimensions; i < end; i++) sum += values[i]! * values[i]!;
      return scale * scale * sum;
    },
  };
}
