import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
});
const KEY = 'paper-search.tray';

/** The collection of a newly opened page. */
async function openCollection() {
  vi.resetModules();
  return (await import('../../src/web/collection.ts')).collection;
}

beforeEach(() => kept.clear());

test('keeps collected papers, in order and once, for the next visit', async () => {
  const collection = await openCollection();
  collection.add({ id: 'a', title: 'A' });
  collection.add({ id: 'b', title: 'B' });
  collection.add({ id: 'a', title: 'A2' });
  collection.add({ id: 'c', title: 'C' });
  collection.remove('b');
  expect(collection.has('a')).toBe(true);
  expect(collection.has('b')).toBe(false);
  expect((await openCollection()).entries()).toEqual([
    { id: 'a', title: 'A2' },
    { id: 'c', title: 'C' },
  ]);
});

test('notifies its listeners until they unsubscribe', async () => {
  const collection = await openCollection();
  const listener = vi.fn();
  const stop = collection.subscribe(listener);
  collection.add({ id: 'a', title: 'A' });
  stop();
  collection.remove('a');
  expect(listener).toHaveBeenCalledTimes(1);
});

test.each(['{', '{}', 'null', '[1, null, {"id": 5, "title": "x"}]'])(
  'reads %s as an empty collection',
  async (text) => {
    kept.set(KEY, text);
    expect((await openCollection()).entries()).toEqual([]);
  },
);
