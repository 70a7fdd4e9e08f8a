import { expect, test } from 'vitest';
import { curveOver, median, spreadOf } from '../../../src/review/simulate/summary.ts';

test('has the middle value, or the mean of two', () => {
  expect(median([3, 1, 10])).toBe(3);
  expect(median([4, 1, 2, 10])).toBe(3);
  expect(median([7])).toBe(7);
});

test('has the range', () => {
  expect(spreadOf([3, 1, 10])).toEqual({ median: 3, least: 1, most: 10 });
});

test('summarises recall curves at even shares of the papers', () => {
  const curves = [Float64Array.from([0.5, 1, 1, 1]), Float64Array.from([0, 0, 0.5, 1])];
  expect(curveOver(curves, 2)).toEqual([
    { read: 0, recall: { median: 0, least: 0, most: 0 } },
    { read: 0.5, recall: { median: 0.5, least: 0, most: 1 } },
    { read: 1, recall: { median: 1, least: 1, most: 1 } },
  ]);
});
