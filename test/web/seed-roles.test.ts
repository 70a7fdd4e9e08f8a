import { beforeEach, expect, test, vi } from 'vitest';
import { MAX_SEEDS } from '../../src/limits.ts';
import { roleOf, seedsOf } from '../../src/web/seed-roles.ts';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
});
beforeEach(() => kept.clear());

const entries = (...ids: string[]) => ids.map((id) => ({ id, title: id }));

test('makes a paper a seed until another role is chosen', () => {
  const roles = { b: 'negative', c: 'none' } as const;
  expect(seedsOf(entries('a', 'b', 'c', '__proto__'), roles)).toEqual({
    positive: ['a', '__proto__'],
    negative: ['b'],
    leftOut: 0,
  });
});

test('takes as many seeds as the server accepts, and says how many it dropped', () => {
  const many = entries(...Array.from({ length: MAX_SEEDS + 3 }, (_, i) => String(i)));
  const { positive, leftOut } = seedsOf(many, {});
  expect(positive).toEqual(many.slice(0, MAX_SEEDS).map(({ id }) => id));
  expect(leftOut).toBe(3);
});

test('keeps the roles of collected papers only', async () => {
  vi.resetModules();
  const { setSeedRole } = await import('../../src/web/seed-roles.ts');
  setSeedRole('a', 'negative', entries('a', 'b'));
  setSeedRole('b', 'none', entries('b', 'c'));
  expect(JSON.parse(kept.get('paper-search.seeds')!)).toEqual({ b: 'none', c: 'positive' });
});

test.each(['{', 'null', '[]', '{"a":"wild"}', '5'])('ignores %s', async (text) => {
  kept.set('paper-search.seeds', text);
  vi.resetModules();
  const { setSeedRole } = await import('../../src/web/seed-roles.ts');
  setSeedRole('b', 'none', entries('a', 'b'));
  const roles = JSON.parse(kept.get('paper-search.seeds')!);
  expect(roleOf(roles, 'a')).toBe('positive');
});
