import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerBound } from '../../src/util/lower-bound.ts';

test('returns the first place that is not before the value, as a linear search does', () => {
  const sorted = fc.array(fc.integer({ min: 0, max: 20 })).map((numbers) => numbers.sort((a, b) => a - b));
  fc.assert(
    fc.property(sorted, fc.integer({ min: -1, max: 21 }), fc.nat(5), (numbers, value, from) => {
      const low = Math.min(from, numbers.length);
      const linear = numbers.findIndex((number, place) => place >= low && number >= value);
      const found = lowerBound(low, numbers.length, (place) => numbers[place]! < value);
      expect(found).toBe(linear === -1 ? numbers.length : linear);
    }),
  );
});
