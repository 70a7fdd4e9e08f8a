import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Collections } from '../../src/collections/collections.ts';
import { CollectionStore } from '../../src/collections/store.ts';
import { selectEntries, summaryOf } from '../../src/collections/view.ts';
import { papersOf } from '../support/collected.ts';
import { paperOf } from '../support/papers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const a = paperOf({ title: 'Zebras', id: 'a', year: 2020, authors: ['Anna Müller'] });
const b = paperOf({ title: 'Apes', id: 'b', year: 2024, externalIds: { doi: '10.1/b' } });
const c = paperOf({ title: 'Mice', id: 'c' });
const snapshot = papersOf([a, b, c]);

async function opened() {
  const folder = await temporaryFolder();
  const store = new CollectionStore(folder);
  const collections = new Collections(store);
  const { id } = await store.create({ name: 'My reading' });
  return { folder, store, collections, id };
}

test.each(['..', '', '-a', 'a/b', 'A', 'a.log', 'a\n', 'x'.repeat(90)])('"%s" is not an id', async (id) => {
  const { store } = await opened();
  await expect(store.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

describe('the store', () => {
  test('keeps what was written for another process, in the folder that ingests leave alone', async () => {
    const { folder, collections, id } = await opened();
    await collections.add(id, [{ id: 'a', note: 'Read “this”\nfirst', tags: ['x'], rating: 4 }], snapshot, {
      by: 'ada',
    });
    const other = await new CollectionStore(folder).get(id);
    expect(other.entries).toMatchObject([
      {
        paper: { id: 'a', title: 'Zebras' },
        note: 'Read “this”\nfirst',
        tags: ['x'],
        rating: 4,
        addedBy: 'ada',
      },
    ]);
    expect(await readdir(join(folder, 'kept', 'collections'))).toContain('my-reading.log');
  });

  test('two writers lose nothing', async () => {
    const { folder, collections, id } = await opened();
    const other = new Collections(new CollectionStore(folder));
    const many = Array.from({ length: 20 }, (_, i) => paperOf({ title: `T${i}`, id: `p${i}` }));
    const papers = papersOf(many);
    await Promise.all(
      many.map(async (paper, i) => {
        const mine = i % 2 === 0 ? collections : other;
        await mine.add(id, [{ id: paper.id }], papers, { by: `reader ${i % 2}` });
        await mine.annotate(id, [paper.id], { note: `note ${i}` }, papers, { by: `reader ${i % 2}` });
      }),
    );
    const { entries, version } = await collections.store.get(id);
    expect(new Map(entries.map(({ paper, note }) => [paper.id, note]))).toEqual(
      new Map(many.map(({ id: each }, i) => [each, `note ${i}`])),
    );
    expect(version).toBe(41);
    expect(await other.store.get(id)).toEqual(await collections.store.get(id));
  });

  test('two that create the same id at once get two', async () => {
    const folder = await temporaryFolder();
    const names = ['New!', 'New?', 'New.', 'New'];
    const made = await Promise.all(names.map((name) => new CollectionStore(folder).create({ name })));
    expect(made.map(({ id }) => id).sort()).toEqual(['new', 'new-2', 'new-3', 'new-4']);
  });

  test('a name is taken once, and free again when its collection is deleted', async () => {
    const { store, id } = await opened();
    await expect(store.create({ name: ' my READING' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await store.change(id, { type: 'deleted' });
    await expect(store.get(id)).rejects.toThrow(/was deleted on 20/);
    expect((await store.create({ name: 'My reading' })).id).toBe('my-reading-2');
    await expect(store.change(id, { type: 'restored' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await store.list()).map((each) => each.id)).toEqual(['my-reading-2']);
    expect(await store.list({ deletedToo: true })).toHaveLength(2);
    await store.change('my-reading-2', { type: 'described', name: 'Other' });
    expect((await store.change(id, { type: 'restored' })).name).toBe('My reading');
  });

  test('an interrupted write changes nothing, and the next change is written', async () => {
    const { folder, store, collections, id } = await opened();
    await collections.add(id, [{ id: 'a' }], snapshot);
    const file = join(folder, 'kept', 'collections', `${id}.log`);
    const bytes = await readFile(file);
    await appendFile(file, bytes.subarray(0, 40));
    expect((await store.get(id)).entries).toHaveLength(1);
    await collections.add(id, [{ id: 'b' }], snapshot);
    expect((await new CollectionStore(folder).get(id)).entries).toHaveLength(2);
  });

  test('a link shows its collection until it is revoked', async () => {
    const { store, collections, id } = await opened();
    const share = await collections.share(id, { label: 'Reviewers', withNotes: false });
    expect(share.secret).toMatch(/^[\w-]{32}$/);
    expect(await store.shared(share.secret)).toMatchObject({ collection: { id }, share });
    expect(await store.shared('x')).toBeUndefined();
    await store.change(id, { type: 'unshared', share: share.id });
    expect(await store.shared(share.secret)).toBeUndefined();
    // Undo is about papers; it does not open a link again.
    await expect(store.change(id, { type: 'undo' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('papers', () => {
  test('are found by any identifier, added once, and unknown ones are named', async () => {
    const { collections, id } = await opened();
    const { added, present } = await collections.add(id, [{ id: 'doi:10.1/b' }, { id: 'b' }], snapshot);
    expect({ added, present }).toEqual({ added: 1, present: 0 });
    await expect(collections.add(id, [{ id: 'a' }, { id: 'z' }], snapshot)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { ids: ['z'] },
    });
    const more = await collections.add(id, [{ id: 'a' }, { id: 'b' }, { id: 'z' }], snapshot, {
      skipUnknown: true,
    });
    expect(more).toMatchObject({ added: 1, present: 1, unknown: ['z'] });
  });

  test('that are removed from the index stay with what was known', async () => {
    const { collections, id } = await opened();
    await collections.add(id, [{ id: 'a', note: 'Good' }, { id: 'b' }], snapshot);
    const { entries } = await collections.read(id, papersOf([b], 'without a'));
    expect(entries).toMatchObject([
      { paper: { id: 'a', title: 'Zebras', authors: ['Anna Müller'] }, inIndex: false, note: 'Good' },
      { paper: { id: 'b' }, inIndex: true },
    ]);
    const gone = papersOf([b], 'without a');
    await collections.annotate(id, ['a'], { note: 'Gone' }, gone);
    expect((await collections.read(id, gone)).entries[0]).toMatchObject({ note: 'Gone', inIndex: false });
  });

  test('that were merged are one entry with both notes, and are written as one with the next change', async () => {
    const { collections, id } = await opened();
    await collections.add(id, [{ id: 'a', note: 'On a', tags: ['x'] }, { id: 'c' }], snapshot);
    await collections.add(id, [{ id: 'b', note: 'On b', rating: 2 }], snapshot);
    const merged = papersOf([paperOf({ title: 'Both', id: 'm', aliases: ['a', 'b'] }), c], 'merged');
    const { collection, entries } = await collections.read(id, merged);
    expect(collection.entries).toHaveLength(3);
    expect(entries).toMatchObject([
      { paper: { id: 'm' }, ids: ['a', 'b'], note: 'On a\n\nOn b', tags: ['x'], rating: 2 },
      { paper: { id: 'c' }, ids: ['c'] },
    ]);
    // Named by a former id, by a reader who saw the last version.
    const expected = collection.version;
    const changed = await collections.annotate(id, ['b'], { addTags: ['y'] }, merged, { expected });
    expect(changed.entries.map(({ paper, note, tags }) => [paper.id, note, tags])).toEqual([
      ['m', 'On a\n\nOn b', ['x', 'y']],
      ['c', '', []],
    ]);
    await collections.remove(id, ['a'], merged);
    expect((await collections.store.get(id)).entries.map(({ paper }) => paper.id)).toEqual(['c']);
    const back = await collections.store.change(id, { type: 'undo' });
    expect(back.entries[0]).toMatchObject({ paper: { id: 'm' }, note: 'On a\n\nOn b', tags: ['x', 'y'] });
  });

  test('that got a stronger id are found by their identifiers', async () => {
    const { collections, id } = await opened();
    await collections.add(id, [{ id: 'b', note: 'On b' }], snapshot);
    const renamed = papersOf(
      [paperOf({ title: 'Apes', id: 'doi:10.1/b', externalIds: { doi: '10.1/b' } })],
      'new',
    );
    expect((await collections.read(id, renamed)).entries).toMatchObject([
      { paper: { id: 'doi:10.1/b' }, inIndex: true, note: 'On b' },
    ]);
  });

  test('are kept without their references, and with an abstract of a usual length', async () => {
    const { collections, id } = await opened();
    const long = paperOf({ title: 'Long', id: 'l', abstract: 'x'.repeat(4001), references: ['doi:10.1/1'] });
    const short = paperOf({ title: 'Short', id: 's', abstract: 'x'.repeat(4000), citedBy: ['doi:10.1/1'] });
    const { collection } = await collections.add(id, [{ id: 'l' }, { id: 's' }], papersOf([long, short]));
    expect(collection.entries[0]!.paper).toEqual({ ...long, abstract: '', references: undefined });
    expect(collection.entries[1]!.paper).toEqual({ ...short, citedBy: undefined });
  });

  test('are moved by any of their ids', async () => {
    const { collections, id } = await opened();
    await collections.add(id, [{ id: 'a' }, { id: 'b' }, { id: 'c' }], snapshot);
    const { entries } = await collections.move(id, ['c'], 'doi:10.1/b', snapshot);
    expect(entries.map(({ paper }) => paper.id)).toEqual(['a', 'c', 'b']);
    await expect(collections.move(id, ['c'], 'z', snapshot)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a list of entries', () => {
  const entry = {
    state: 'unread' as const,
    role: 'none' as const,
    note: '',
    tags: [],
    changedAt: '3',
    addedAt: '1',
  };
  const entries = [
    { ...entry, paper: a, tags: ['Method', 'x'], note: 'Needs care', rating: 2 },
    { ...entry, paper: b, tags: ['x'], state: 'read' as const, addedAt: '2', changedAt: '2' },
    { ...entry, paper: c, role: 'against' as const, rating: 5 },
  ];
  test.each([
    [{}, 'abc'],
    [{ tags: ['X'] }, 'ab'],
    [{ tags: ['x', 'method'] }, 'a'],
    [{ state: 'read' as const }, 'b'],
    [{ role: 'against' as const }, 'c'],
    [{ minRating: 2 }, 'ac'],
    [{ text: 'MULLER care' }, 'a'],
    [{ text: 'nothing' }, ''],
    [{ sort: 'title' as const }, 'bca'],
    [{ sort: 'year' as const }, 'bac'],
    [{ sort: 'rating' as const }, 'cab'],
    [{ sort: 'added' as const }, 'bac'],
    [{ sort: 'changed' as const }, 'acb'],
  ])('for %j has %s', (query, expected) => {
    expect(
      selectEntries(entries, query)
        .map(({ paper }) => paper.id)
        .join(''),
    ).toBe(expected);
  });

  test('is counted', async () => {
    const { store, id } = await opened();
    const collection = { ...(await store.get(id)), entries };
    expect(summaryOf(collection)).toMatchObject({
      papers: 3,
      tags: [
        { tag: 'x', papers: 2 },
        { tag: 'Method', papers: 1 },
      ],
      states: { unread: 2, reading: 0, read: 1 },
      roles: { for: 0, against: 1, none: 2 },
    });
  });
});
