import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawKnown } from '../../../src/review/simulate/known.ts';

const truth = Uint8Array.from([0, 1, 0, 0, 1, 0, 1, 0, 0, 0]);

test('draws the same papers for the same seed', () => {
  expect(drawKnown(truth, { includes: 1, excludes: 1 }, 1)).toEqual(
    drawKnown(truth, { includes: 1, excludes: 1 }, 1),
  );
  const draws = new Set(
    Array.from({ length: 40 }, (_, seed) => drawKnown(truth, { includes: 1, excludes: 1 }, seed).join()),
  );
  expect(draws.size).toBeGreaterThan(10);
});

test('draws as many of each kind as asked, none twice, the includes first', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(7), fc.integer(), (includes, excludes, seed) => {
      const rows = drawKnown(truth, { includes, excludes }, seed);
      expect(rows.map((row) => truth[row])).toEqual([
        ...new Array<number>(includes).fill(1),
        ...new Array<number>(excludes).fill(0),
      ]);
      expect(new Set(rows).size).toBe(rows.length);
    }),
  );
});

test('says when the pool has too few', () => {
  expect(() => drawKnown(truth, { includes: 4, excludes: 0 }, 1)).toThrow(
    'The pool has 3 includes, so 4 cannot be known at the start.',
  );
});
