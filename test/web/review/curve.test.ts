import { expect, test } from 'vitest';
import { CURVE_SIZE, curvePaths } from '../../../src/web/review/curve.ts';

const { width, height } = CURVE_SIZE;

test('a recall curve moves to the right with the papers read and up with the recall', () => {
  const curve = [
    { screened: 0, found: 0, recall: 0, low: 0, high: 1 },
    { screened: 50, found: 4, recall: 0.5, low: 0.25, high: 1 },
  ];
  expect(curvePaths(curve, 100)).toEqual({
    line: `M0,${height}L${width / 2},${height / 2}`,
    band: `M0,0L${width / 2},0L${width / 2},${height * 0.75}L0,${height}Z`,
  });
});

test('there is no curve without a label or without papers', () => {
  expect(curvePaths([], 100)).toBeUndefined();
  expect(curvePaths([{ screened: 0, found: 0, recall: 1, low: 0, high: 1 }], 0)).toBeUndefined();
});

test('a recall beyond its bounds stays in the drawing', () => {
  const curve = [{ screened: 120, found: 1, recall: 1.2, low: -1, high: 2 }];
  expect(curvePaths(curve, 100)).toEqual({
    line: `M${width},0`,
    band: `M${width},0L${width},${height}Z`,
  });
});
