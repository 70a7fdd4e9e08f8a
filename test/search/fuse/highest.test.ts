import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highestOf } from '../../../src/search/fuse/highest.ts';
import { blurredEstimates } from '../../support/estimates.ts';

test('is the highest score of the papers of a mask, however far off estimates are', () => {
  const asked = fc.integer({ min: 0, max: 400 }).chain((size) =>
    fc.record({
      scores: fc.array(fc.constantFrom(0, 0, 0.1, 3, 3.01, 3.02, 7, 7.001), {
        minLength: size,
        maxLength: size,
      }),
      mask: fc.option(fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: size, maxLength: size }), {
        nil: undefined,
      }),
      error: fc.constantFrom(0, 0.001, 0.2),
      seed: fc.nat(1000),
    }),
  );
  fc.assert(
    fc.property(asked, ({ scores, mask, error, seed }) => {
      const found = highestOf(blurredEstimates(scores, error, seed), mask && Uint8Array.from(mask));
      expect(found).toBe(Math.max(0, ...scores.filter((_, doc) => mask?.[doc] !== 0)));
    }),
  );
});
