import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bitsOfMask,
  count,
  countCommon,
  intersect,
  keep,
  placesOf,
  remove,
  unite,
} from '../../src/util/mask.ts';

const mask = (...bits: number[]) => Uint8Array.from(bits);

test('counts what is set', () => {
  expect(count(mask())).toBe(0);
  expect(count(mask(1, 0, 1))).toBe(2);
});

test('intersects and unites in place', () => {
  const both = mask(1, 1, 0, 0);
  intersect(both, mask(1, 0, 1, 0));
  expect(both).toEqual(mask(1, 0, 0, 0));
  const either = mask(1, 1, 0, 0);
  unite(either, mask(1, 0, 1, 0));
  expect(either).toEqual(mask(1, 1, 1, 0));
});

test('asks only about places that are set', () => {
  const asked: number[] = [];
  const kept = mask(1, 0, 1);
  keep(kept, (place) => {
    asked.push(place);
    return place === 2;
  });
  expect(asked).toEqual([0, 2]);
  expect(kept).toEqual(mask(0, 0, 1));
});

test('combines four places at once as it does one by one, wherever a mask begins', () => {
  const bytes = fc.array(fc.constantFrom(0, 1), { minLength: 2100, maxLength: 2110 });
  fc.assert(
    fc.property(bytes, bytes, fc.nat(3), (first, second, offset) => {
      const length = Math.min(first.length, second.length) - offset;
      const maskOf = (list: readonly number[]) =>
        Uint8Array.from(list)
          .subarray(offset, offset + length)
          .slice();
      const shifted = Uint8Array.from(first).subarray(offset, offset + length);
      const [a, b] = [maskOf(first), maskOf(second)];
      const combined = (combine: typeof unite) => {
        const made = Uint8Array.from(first).subarray(offset, offset + length);
        combine(made, b);
        return Array.from(made);
      };
      expect(count(shifted)).toBe(a.reduce((sum, byte) => sum + byte, 0));
      expect(Array.from(placesOf(shifted))).toEqual(Array.from(a.keys()).filter((place) => a[place] === 1));
      expect(combined(intersect)).toEqual(Array.from(a, (byte, n) => byte & b[n]!));
      expect(combined(unite)).toEqual(Array.from(a, (byte, n) => byte | b[n]!));
      expect(combined(remove)).toEqual(Array.from(a, (byte, n) => (b[n] === 1 ? 0 : byte)));
    }),
    { numRuns: 30 },
  );
});

test('counts what is set in two masks by their bits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 100 }),
      fc.nat(3),
      (places, offset) => {
        const bytes = (at: 0 | 1) => Uint8Array.from(places, (both) => (both[at] ? 1 : 0)).subarray(offset);
        const expected = places.filter(([a, b], place) => place >= offset && a && b).length;
        expect(countCommon(bitsOfMask(bytes(0)), bitsOfMask(bytes(1)))).toBe(expected);
      },
    ),
  );
});
