import { expect, test } from 'vitest';
import { MAX_SEEDS } from '../../src/limits.ts';
import { seedsOf } from '../../src/web/seed-roles.ts';

test('takes the papers for and against as seeds, and no others', () => {
  const entries = [
    { id: 'a', role: 'for' },
    { id: 'b', role: 'against' },
    { id: 'c', role: 'none' },
    { id: '__proto__', role: 'for' },
  ] as const;
  expect(seedsOf(entries)).toEqual({ positive: ['a', '__proto__'], negative: ['b'], leftOut: 0 });
});

test('takes as many seeds as the server accepts, and says how many it dropped', () => {
  const many = Array.from({ length: MAX_SEEDS + 3 }, (_, i) => ({ id: String(i), role: 'for' as const }));
  const { positive, leftOut } = seedsOf(many);
  expect(positive).toEqual(many.slice(0, MAX_SEEDS).map(({ id }) => id));
  expect(leftOut).toBe(3);
});
