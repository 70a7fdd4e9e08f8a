import { describe, expect, test } from 'vitest';
import { ndcgAt } from '../../src/eval/metrics/ndcg.ts';
import { recallAt } from '../../src/eval/metrics/recall.ts';

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

  test('the cutoff holds for the ranking and for the ideal', () => {
    expect(ndcgAt(1, ['b', 'a'], gains)).toBe(1 / 2);
    expect(ndcgAt(1, ['a'], gains)).toBe(1);
  });

  test('nothing relevant is 0', () => {
    expect(ndcgAt(10, ['c'], new Map([['c', 0]]))).toBe(0);
  });
});

describe('recallAt', () => {
  test.each([
    [10, ['a', 'x', 'b'], 1],
    [2, ['a', 'x', 'b'], 1 / 2],
    [10, ['c', 'd'], 0],
  ])('at %i of %o', (k, ranked, expected) => {
    expect(recallAt(k, ranked, gains)).toBe(expected);
  });

  test('nothing relevant is 0', () => {
    expect(recallAt(10, ['c'], new Map([['c', 0]]))).toBe(0);
  });
});
