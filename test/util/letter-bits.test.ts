import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EditRows } from '../../src/util/edit-distance.ts';
import { bitsOf, lettersOf, mostDifferent } from '../../src/util/letter-bits.ts';

test('counts the bits that are set', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(bitsOf(value)).toBe((value >>> 0).toString(2).replaceAll('0', '').length);
    }),
  );
});

test('never sets more bits apart than the edits between two texts can', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'q', 'é', '1'), maxLength: 7 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { distance } = new EditRows(a, 9).compare(b);
      const different = bitsOf(lettersOf(a) ^ lettersOf(b));
      expect(different).toBeLessThanOrEqual(mostDifferent(distance!, b.length - a.length));
    }),
    { numRuns: 1000 },
  );
});
