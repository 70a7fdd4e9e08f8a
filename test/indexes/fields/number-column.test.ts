import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberColumn } from '../../../src/indexes/fields/number-column.ts';

test('keeps the papers of a mask whose number is in a range', () => {
  const bound = fc.oneof(
    fc.integer({ min: -2, max: 8 }),
    fc.constantFrom(0.5, 2.5, 65_535, 65_536, 1e9, Number.POSITIVE_INFINITY),
  );
  const papers = fc.array(fc.tuple(fc.oneof(fc.nat(6), fc.constant(65_535)), fc.constantFrom(0, 1)));
  fc.assert(
    fc.property(papers, bound, bound, (all, from, to) => {
      const numbers = all.map(([number]) => number);
      const expected = all.map(([number, byte]) => (number >= from && number <= to ? byte : 0));
      for (const column of [
        Uint16Array.from(numbers),
        Uint32Array.from(numbers),
        Float64Array.from(numbers),
      ]) {
        const mask = Uint8Array.from(all, ([, byte]) => byte);
        new NumberColumn(column).keepBetween(from, to, mask);
        expect(Array.from(mask)).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test('counts the numbers of papers as a map does', () => {
  const numbers = fc.array(fc.constantFrom(0, 1, 1999, 2000, 2001, 65_535));
  fc.assert(
    fc.property(numbers, fc.array(fc.boolean()), fc.nat(4), (all, chosen, limit) => {
      const docs = Uint32Array.from(all.keys()).filter((doc) => chosen[doc] === true);
      const counts = new Map<number, number>();
      for (const doc of docs) if (all[doc]! > 0) counts.set(all[doc]!, (counts.get(all[doc]!) ?? 0) + 1);
      const expected = Array.from(counts)
        .sort(([a, papersA], [b, papersB]) => papersB - papersA || b - a)
        .slice(0, limit)
        .map(([number, count]) => ({ value: String(number), count }));
      for (const column of [Uint16Array.from(all), Uint32Array.from(all)])
        expect(new NumberColumn(column).count(docs, limit)).toEqual(expected);
    }),
  );
});
