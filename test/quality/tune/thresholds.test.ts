import { describe, expect, test } from 'vitest';
import { OFF_TOPIC_QUERIES } from '../../../src/quality/tune/off-topic-queries.ts';
import { quantile, thresholdsOf } from '../../../src/quality/tune/thresholds.ts';

describe('a quantile', () => {
  test.each([
    ['the least value', 0, 1],
    ['the middle value', 0.5, 3],
    ['a value between two', 0.375, 2.5],
    ['the greatest value', 1, 9],
  ])('is %s', (_, share, expected) => {
    expect(quantile([9, 2, 1, 4, 3], share)).toBe(expected);
  });
});

/** 101 values, evenly spread. */
const spread = (least: number, greatest: number) =>
  Array.from({ length: 101 }, (_, n) => least + ((greatest - least) * n) / 100);

describe('thresholds of confidence', () => {
  test('are exceeded by 95 and by 85 in 100 queries whose paper is in the corpus', () => {
    expect(thresholdsOf(spread(0.4, 0.8), spread(0, 0.3))).toEqual({ weak: 0.42, strong: 0.46 });
  });

  test('are not exceeded by 95 in 100 everyday queries', () => {
    expect(thresholdsOf(spread(0.4, 0.8), spread(0.3, 0.5))).toEqual({ weak: 0.49, strong: 0.51 });
  });

  test('differ where all cosines are alike', () => {
    const { weak, strong } = thresholdsOf([0.9, 0.9], [0.9, 0.9]);
    expect(strong - weak).toBeCloseTo(0.02, 6);
  });
});

test('the everyday queries are sixty different ones', () => {
  expect(new Set(OFF_TOPIC_QUERIES).size).toBe(60);
});
