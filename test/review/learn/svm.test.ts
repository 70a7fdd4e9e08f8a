import { expect, test } from 'vitest';
import { denseFeatures, type Features, sparseFeatures } from '../../../src/review/learn/features.ts';
import { type Examples, trainSvm } from '../../../src/review/learn/svm.ts';
import { mulberry32 } from '../../../src/util/random.ts';

const COUNT = 40;
const WIDTH = 12;
const random = mulberry32(3);
const matrix = Array.from({ length: COUNT }, () =>
  Array.from({ length: WIDTH }, () => (random() < 0.5 ? 0 : random() - 0.5)),
);
const signs = Int8Array.from(matrix, (row) => (row[0]! + row[1]! + 0.1 * random() > 0.1 ? 1 : -1));
const costs = Float64Array.from(matrix, (_, i) => 0.5 + (i % 3));

function denseRows(rows: readonly (readonly number[])[]): Features {
  return denseFeatures({ values: Float32Array.from(rows.flat()), dimensions: rows[0]!.length });
}

function sparseRows(rows: readonly (readonly number[])[]): Features {
  const entries = rows.map((row) => [...row.entries()].filter(([, value]) => value !== 0));
  const starts = [0];
  for (const row of entries) starts.push(starts.at(-1)! + row.length);
  return sparseFeatures({
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(entries.flat(), ([column]) => column),
    values: Float32Array.from(entries.flat(), ([, value]) => value),
    width: rows[0]!.length,
  });
}

function examples(features: Features): Examples {
  return { features, rows: Uint32Array.from(matrix.keys()), signs, costs, unshared: new Float64Array(COUNT) };
}

/** Gradient of the objective of the docstring, by its formula. */
function gradient(weights: readonly number[], bias: number): number[] {
  const sums = [...weights, bias];
  matrix.forEach((row, i) => {
    const margin = signs[i]! * (row.reduce((sum, value, d) => sum + value * weights[d]!, 0) + bias);
    const slope = -2 * costs[i]! * signs[i]! * Math.max(0, 1 - margin);
    [...row, 1].forEach((value, d) => {
      sums[d]! += slope * value;
    });
  });
  return sums;
}

test('trainSvm finds the minimum of its objective', () => {
  const { weights, bias } = trainSvm(examples(denseRows(matrix)));
  for (const slope of gradient([...weights], bias)) expect(Math.abs(slope)).toBeLessThan(0.2);
});

test('trainSvm gives the same for sparse and dense rows', () => {
  const dense = trainSvm(examples(denseRows(matrix)));
  const sparse = trainSvm(examples(sparseRows(matrix)));
  for (let d = 0; d < WIDTH; d++) expect(sparse.weights[d]!).toBeCloseTo(dense.weights[d]!, 6);
  expect(sparse.bias).toBeCloseTo(dense.bias, 6);
});

test('trainSvm treats features of one example as if they had weights', () => {
  const own = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? 0.5 : 0))]);
  const stored = trainSvm(examples(denseRows(own)));
  const implied = trainSvm({ ...examples(denseRows(matrix)), unshared: new Float64Array(COUNT).fill(0.25) });
  for (let d = 0; d < WIDTH; d++) expect(implied.weights[d]!).toBeCloseTo(stored.weights[d]!, 6);
});
