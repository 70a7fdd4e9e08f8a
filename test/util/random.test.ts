import { expect, test } from 'vitest';
import { mulberry32, shuffled } from '../../src/util/random.ts';

test('gives numbers from 0 to 1, the same for the same seed', () => {
  const draw = (seed: number) => Array.from({ length: 1000 }, mulberry32(seed));
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(7).every((value) => value >= 0 && value < 1)).toBe(true);
  expect(draw(7).reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
});

test('shuffles into every order equally often, without losing an item or changing the list', () => {
  const items = ['a', 'b', 'c'];
  const random = mulberry32(1);
  const counts = new Map<string, number>();
  for (let n = 0; n < 6000; n++) {
    const order = shuffled(items, random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  expect(items).toEqual(['a', 'b', 'c']);
});
