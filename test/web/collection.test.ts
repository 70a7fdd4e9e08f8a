import { beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
// The index is not asked in this file: what is known of a paper is its title.
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no server')));
const TRAY = 'paper-search.tray';
const SEEDS = 'paper-search.seeds';

/** A newly opened page. */
async function openPage() {
  vi.resetModules();
  const { collection } = await import('../../src/web/collection.ts');
  return { collection, loadShelf: (await import('../../src/web/shelf/shelf.ts')).shelf };
}

/** A page whose shelf has kept all that was done. */
async function settledPage() {
  const page = await openPage();
  await page.loadShelf.refresh();
  return page;
}

beforeEach(() => kept.clear());

test('keeps collected papers, in order and once, for the next visit', async () => {
  const { collection } = await openPage();
  collection.add({ id: 'a', title: 'A' });
  collection.add({ id: 'b', title: 'B' });
  collection.add({ id: 'a', title: 'A' });
  collection.add({ id: 'c', title: 'C' });
  collection.remove('b');
  expect(collection.has('a')).toBe(true);
  expect(collection.has('b')).toBe(false);
  const expected = [
    { id: 'a', title: 'A' },
    { id: 'c', title: 'C' },
  ];
  expect(collection.entries()).toEqual(expected);
  // Whether or not the shelf has kept them by then.
  expect((await openPage()).collection.entries()).toEqual(expected);
  const { collection: next, loadShelf: shelf } = await settledPage();
  expect(next.entries()).toEqual(expected);
  expect(shelf.store.get().current).toMatchObject({
    name: 'Collection',
    entries: [
      { paper: { id: 'a' }, role: 'for', state: 'unread' },
      { paper: { id: 'c' }, role: 'for' },
    ],
  });
});

test('puts papers back in their places, with what was said about them', async () => {
  const { collection, loadShelf: shelf } = await settledPage();
  const all = ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id.toUpperCase() }));
  collection.replace(all);
  await shelf.refresh();
  await shelf.change({ type: 'changed', ids: ['b'], note: 'Mine.', addTags: ['method'] });
  collection.replace([all[3]!]);
  await shelf.refresh();
  collection.replace(all);
  await shelf.refresh();
  const { current } = shelf.store.get();
  expect(current!.entries.map(({ paper }) => paper.id)).toEqual(['a', 'b', 'c', 'd']);
  expect(current!.entries[1]).toMatchObject({ note: 'Mine.', tags: ['method'] });
});

test('notifies its listeners until they unsubscribe', async () => {
  const { collection } = await settledPage();
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
    kept.set(TRAY, text);
    kept.set('paper-search.collection-shown', text);
    expect((await settledPage()).collection.entries()).toEqual([]);
  },
);

test('takes over the list and the roles of earlier versions, once', async () => {
  kept.set(TRAY, JSON.stringify([1, 2, 3].map((n) => ({ id: `p${n}`, title: `Paper ${n}` }))));
  kept.set(SEEDS, JSON.stringify({ p1: 'negative', p2: 'none' }));
  const opened = await openPage();
  // It is shown at once.
  expect(opened.collection.entries()).toHaveLength(3);
  await opened.loadShelf.refresh();
  const rolesOf = ({ loadShelf: shelf }: typeof opened) =>
    shelf.store.get().current!.entries.map(({ paper, role }) => `${paper.title}: ${role}`);
  const expected = ['Paper 1: against', 'Paper 2: none', 'Paper 3: for'];
  expect(rolesOf(opened)).toEqual(expected);
  expect([kept.has(TRAY), kept.has(SEEDS)]).toEqual([false, false]);
  opened.collection.remove('p2');
  const next = await settledPage();
  expect(rolesOf(next)).toEqual([expected[0], expected[2]]);
  expect(next.loadShelf.store.get().choices).toHaveLength(1);
});

test('keeps papers in the collection that is the current one', async () => {
  const { collection, loadShelf: shelf } = await settledPage();
  collection.add({ id: 'a', title: 'A' });
  await shelf.refresh();
  expect(await shelf.create('Vision')).toBe(true);
  expect(collection.entries()).toEqual([]);
  collection.add({ id: 'b', title: 'B' });
  await shelf.refresh();
  expect(await shelf.create(' vision ')).toBe(false);
  expect(shelf.store.get().error).toBe('There is a collection “Vision” already. Choose another name.');
  const sizes = () => shelf.store.get().choices!.map(({ name, papers }) => `${name} ${papers}`);
  expect(sizes()).toEqual(['Collection 1', 'Vision 1']);
  await shelf.choose('collection');
  expect(collection.entries()).toEqual([{ id: 'a', title: 'A' }]);
  await shelf.delete();
  expect(sizes()).toEqual(['Vision 1']);
  await shelf.restore();
  expect(sizes()).toEqual(['Collection 1', 'Vision 1']);
  expect(collection.entries()).toEqual([{ id: 'a', title: 'A' }]);
  await shelf.undo();
  expect(collection.entries()).toEqual([]);
  await shelf.redo();
  expect(collection.entries()).toEqual([{ id: 'a', title: 'A' }]);
});
