import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlatIndex } from '../../src/dense/flat-index.ts';

test('scores every document by its inner product', () => {
  const index = new FlatIndex(Float32Array.of(1, 0, 0.6, 0.8, 0, 1, 1, 0), 2);
  expect(index.size).toBe(4);
  expect([...index.score(Float32Array.of(1, 0))]).toEqual([1, Math.fround(0.6), 0, 1]);
  expect([...index.vector(1)]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
});

test('agrees with a plain sum for any dimension', () => {
  const float = fc.float({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.array(float, { minLength: 22, maxLength: 88 }),
      (dimension, values) => {
        const rows = Math.floor(values.length / dimension) - 1;
        const query = Float32Array.from(values.slice(0, dimension));
        const vectors = Float32Array.from(values.slice(dimension, dimension * (rows + 1)));
        for (const [doc, score] of new FlatIndex(vectors, dimension).score(query).entries()) {
          const row = vectors.subarray(doc * dimension, (doc + 1) * dimension);
          const expected = row.reduce((sum, value, i) => sum + value * query[i]!, 0);
          expect(score).toBeCloseTo(expected, 10);
        }
      },
    ),
  );
});
