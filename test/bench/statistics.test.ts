import { describe, expect, test } from 'vitest';
import { meanRecall, percentile, spread, summarize } from '../../scripts/bench/statistics.ts';

describe('summarize', () => {
  test.each([
    ['one value', [7], { min: 7, median: 7, p99: 7 }],
    ['the lower of two middle values', [4, 1, 3, 2], { min: 1, median: 2, p99: 4 }],
    ['numbers in numeric order', [10, 9, 100], { min: 9, median: 10, p99: 100 }],
  ])('%s', (_, values, expected) => {
    expect(summarize(values)).toEqual(expected);
  });

  test('returns the 99th of a hundred values as the 99th percentile', () => {
    expect(summarize(Array.from({ length: 100 }, (_, i) => 100 - i)).p99).toBe(99);
  });

  test('does not change its input', () => {
    const values = [3, 1, 2];
    summarize(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

test('percentile returns the nearest rank', () => {
  expect([0, 25, 26, 100].map((percent) => percentile([1, 2, 3, 4], percent))).toEqual([1, 1, 2, 4]);
});

describe('meanRecall', () => {
  test.each([
    ['the same papers in another order', [[1, 2]], [[2, 1]], 1],
    ['the mean over queries', [[1, 2], [3]], [[1, 5], [4]], 1 / 4],
    ['queries without expected papers, which do not count', [[1], [9]], [[1], []], 1],
    ['more found than expected', [[1, 2, 3]], [[3]], 1],
    ['no queries', [], [], 0],
  ])('%s', (_, found, expected, recall) => {
    expect(meanRecall(found, expected)).toBe(recall);
  });
});

test('spread is the largest value over the smallest', () => {
  expect(spread([2, 3, 4])).toBe(2);
});
