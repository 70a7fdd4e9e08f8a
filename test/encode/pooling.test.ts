import { expect, test } from 'vitest';
import { addTokenVectors, normalize } from '../../src/encode/pooling.ts';

test('adds the tokens of one row without the padding', () => {
  const hidden = Float32Array.of(9, 9, 1, 2, 3, 4, 100, 100);
  const sum = Float32Array.of(10, 20);
  addTokenVectors(hidden, 2, 2, 2, sum);
  expect([...sum]).toEqual([10 + 1 + 3, 20 + 2 + 4]);
});

test('scales to length 1, and leaves zero as it is', () => {
  expect([...normalize(Float32Array.of(3, 4))]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  expect([...normalize(Float32Array.of(0, 0))]).toEqual([0, 0]);
});
