import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NearTerms } from '../../../src/indexes/keyword/near-terms.ts';
import { EditRows } from '../../../src/util/edit-distance.ts';

test('finds the terms that are near to a text, and no others', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ß', '中'), maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(word),
      word,
      fc.constantFrom(1, 2),
      fc.nat(3),
      (words, text, edits, skipped) => {
        const all = words.sort();
        const from = Math.min(skipped, all.length);
        const expected = Array.from(all.keys()).filter(
          (number) =>
            number >= from && new EditRows(text, edits).compare(all[number]!).distance !== undefined,
        );
        const near = new NearTerms({ size: all.length, term: (number) => all[number]! }, from);
        expect(near.within(text, edits).sort((a, b) => a - b)).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});
