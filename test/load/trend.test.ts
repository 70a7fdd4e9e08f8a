import { expect, test } from 'vitest';
import { rises, trendOf } from '../../scripts/load/trend.ts';

const line = (slope: number) => [0, 10, 20, 30].map((at) => ({ at, value: 100 + slope * at }));

test('is the slope of a straight line', () => {
  expect(trendOf(line(2))).toEqual({ mean: 130, slope: 2, seconds: 30 });
});

test('is zero for variation around a level', () => {
  const { slope } = trendOf([5, 9, 9, 5].map((value, at) => ({ at, value })));
  expect(slope).toBe(0);
});

test('is zero for one sample', () => {
  expect(trendOf([{ at: 3, value: 7 }])).toEqual({ mean: 7, slope: 0, seconds: 0 });
});

test.each([
  [0, false],
  [-1, false],
  // 15 over 30 seconds, with a mean of 107.5: 14 %.
  [0.5, false],
  // 18 of 109: 16.5 %.
  [0.6, true],
])('a slope of %d a second rises by more than 15 %%: %s', (slope, expected) => {
  expect(rises(trendOf(line(slope)), 0.15)).toBe(expected);
});
