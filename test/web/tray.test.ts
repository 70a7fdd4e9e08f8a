import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
});
const KEY = 'paper-search.tray';

/** The tray of a page that was just opened. */
async function openTray() {
  vi.resetModules();
  return (await import('../../src/web/tray.ts')).tray;
}

beforeEach(() => kept.clear());

test('keeps what was collected, in order and once, for the next visit', async () => {
  const tray = await openTray();
  tray.add({ id: 'a', title: 'A' });
  tray.add({ id: 'b', title: 'B' });
  tray.add({ id: 'a', title: 'A2' });
  tray.add({ id: 'c', title: 'C' });
  tray.remove('b');
  expect(tray.has('a')).toBe(true);
  expect(tray.has('b')).toBe(false);
  expect((await openTray()).entries()).toEqual([
    { id: 'a', title: 'A2' },
    { id: 'c', title: 'C' },
  ]);
});

test('tells its listeners until they have enough', async () => {
  const tray = await openTray();
  const listener = vi.fn();
  const stop = tray.subscribe(listener);
  tray.add({ id: 'a', title: 'A' });
  stop();
  tray.remove('a');
  expect(listener).toHaveBeenCalledTimes(1);
});

test.each(['{', '{}', 'null', '[1, null, {"id": 5, "title": "x"}]'])(
  'reads %s as an empty tray',
  async (text) => {
    kept.set(KEY, text);
    expect((await openTray()).entries()).toEqual([]);
  },
);
