import { expect, test } from 'vitest';
import { count, intersect, keep, unite } from '../../src/util/mask.ts';

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
