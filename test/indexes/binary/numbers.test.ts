import { expect, test } from 'vitest';
import { areBelow, isAscending } from '../../../src/indexes/binary/numbers.ts';

test.each([
  [[], 0, true],
  [[0, 0, 3, 3], 3, true],
  [[0, 4], 3, false],
  [[2, 1], 3, false],
  [[5, 1], 3, false],
  [[4_294_967_295, 0], 2 ** 32, false],
])('%j are the ends of pieces of %d: %s', (numbers, most, expected) => {
  expect(isAscending(Uint32Array.from(numbers), most)).toBe(expected);
});

test.each([
  [[], 0, true],
  [[0, 2, 1], 3, true],
  [[0, 3], 3, false],
  [[0], 0, false],
])('%j are places in a list of %d: %s', (numbers, limit, expected) => {
  expect(areBelow(Uint32Array.from(numbers), limit)).toBe(expected);
});
