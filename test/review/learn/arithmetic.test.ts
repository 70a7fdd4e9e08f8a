import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exp, ln } from '../../../src/review/learn/arithmetic.ts';

test('ln is the natural logarithm to 15 digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
    }),
  );
  expect(ln(1)).toBe(0);
});

test('exp is the exponential to 13 digits', () => {
  fc.assert(
    fc.property(fc.double({ min: -699, max: 699, noNaN: true }), (x) => {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-13);
    }),
  );
  expect(exp(0)).toBe(1);
  expect(exp(1e9)).toBe(exp(700));
  expect(exp(-1e9)).toBe(exp(-700));
});
