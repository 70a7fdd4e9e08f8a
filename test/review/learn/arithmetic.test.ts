import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ln } from '../../../src/review/learn/arithmetic.ts';

test('ln is the natural logarithm to 15 digits', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(Math.log(x))));
    }),
  );
  expect(ln(1)).toBe(0);
});
