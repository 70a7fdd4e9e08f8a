import { describe, expect, test } from 'vitest';
import { averagePrecision } from '../../../src/quality/evaluate/metrics/average-precision.ts';
import { ndcgAt } from '../../../src/quality/evaluate/metrics/ndcg.ts';
import { recallAt } from '../../../src/quality/evaluate/metrics/recall.ts';
import { reciprocalRankAt } from '../../../src/quality/evaluate/metrics/reciprocal-rank.ts';
import { successAt } from '../../../src/quality/evaluate/metrics/success.ts';

const gains = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
  ['d', -1],
]);

describe('ndcgAt', () => {
  const ideal = 2 / Math.log2(2) + 1 / Math.log2(3);
  test.each([
    ['the best order', ['a', 'b'], 1],
    ['the other order', ['b', 'a'], (1 / Math.log2(2) + 2 / Math.log2(3)) / ideal],
    ['unjudged and irrelevant papers gain nothing', ['x', 'c', 'a'], 2 / Math.log2(4) / ideal],
    ['a negative gain costs nothing', ['d', 'a', 'b'], (2 / Math.log2(3) + 1 / Math.log2(4)) / ideal],
    ['nothing found', [], 0],
  ])('%s', (_, ranked, expected) => {
    expect(ndcgAt(10, ranked, gains)).toBeCloseTo(expected, 12);
  });

  test('applies the cutoff to the ranking and to the ideal', () => {
    expect(ndcgAt(1, ['b', 'a'], gains)).toBe(1 / 2);
    expect(ndcgAt(1, ['a'], gains)).toBe(1);
  });

  test('is 0 without a relevant paper', () => {
    expect(ndcgAt(10, ['c'], new Map([['c', 0]]))).toBe(0);
  });
});

describe('recallAt', () => {
  test.each([
    [10, ['a', 'x', 'b'], 1],
    [2, ['a', 'x', 'b'], 1 / 2],
    [10, ['c', 'd'], 0],
    [100, ['b'], 1 / 2],
    [100, [], 0],
  ])('at %i of %o', (k, ranked, expected) => {
    expect(recallAt(k, ranked, gains)).toBe(expected);
  });

  test('is 0 without a relevant paper', () => {
    expect(recallAt(10, ['c'], new Map([['c', 0]]))).toBe(0);
  });
});

describe('averagePrecision', () => {
  test.each([
    ['all relevant ones first', ['a', 'b'], (1 / 1 + 2 / 2) / 2],
    ['their gains make no difference', ['b', 'a'], (1 / 1 + 2 / 2) / 2],
    ['one not found counts 0', ['x', 'a'], (1 / 2 + 0) / 2],
    [
      'unjudged, irrelevant and negative ones take ranks',
      ['x', 'c', 'd', 'b', 'x2', 'a'],
      (1 / 4 + 2 / 6) / 2,
    ],
    ['nothing found', [], 0],
  ])('%s', (_, ranked, expected) => {
    expect(averagePrecision(ranked, gains)).toBeCloseTo(expected, 12);
  });

  test('has no cutoff: the thousandth paper counts', () => {
    const ranked = [...Array.from({ length: 999 }, (_, i) => `x${i}`), 'a'];
    expect(averagePrecision(ranked, gains)).toBeCloseTo(1 / 1000 / 2, 12);
  });

  test('is 0 without a relevant paper', () => {
    expect(averagePrecision(['c', 'd'], new Map([['d', -1]]))).toBe(0);
  });
});

describe('reciprocalRankAt', () => {
  test.each([
    [10, ['b', 'a'], 1],
    [10, ['x', 'c', 'd', 'a'], 1 / 4],
    [3, ['x', 'c', 'd', 'a'], 0],
    [4, ['x', 'c', 'd', 'a'], 1 / 4],
    [10, [], 0],
  ])('at %i of %o', (k, ranked, expected) => {
    expect(reciprocalRankAt(k, ranked, gains)).toBe(expected);
  });
});

describe('successAt', () => {
  test.each([
    [1, ['a'], 1],
    [1, ['x', 'a'], 0],
    [2, ['x', 'a'], 1],
    [5, ['c', 'd', 'x'], 0],
    [1, [], 0],
  ])('at %i of %o', (k, ranked, expected) => {
    expect(successAt(k, ranked, gains)).toBe(expected);
  });
});
