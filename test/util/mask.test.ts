import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, intersect, keep, onesIn, placesOf, remove, unite } from '../../src/util/mask.ts';

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

test('counts what is set in a mask and in bits', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 100 }), (places) => {
      const bits = new Uint32Array(Math.ceil(places.length / 32));
      for (const [place, [, set]] of places.entries()) if (set) bits[place >>> 5]! |= 1 << (place & 31);
      const own = Uint8Array.from(places, ([set]) => (set ? 1 : 0));
      expect(onesIn(own, bits)).toBe(places.filter(([a, b]) => a && b).length);
    }),
  );
});
