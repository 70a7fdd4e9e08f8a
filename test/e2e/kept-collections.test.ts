import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXPORT_CHOICES } from '../../src/cli/commands/collection.ts';
import { COLLECTION_FORMAT_NAMES } from '../../src/collections/export.ts';
import { runCli } from '../support/cli.ts';

let folder: string;
const run = (...args: string[]) => runCli(args, { cwd: folder });
const collection = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await run('collection', ...args);
  expect({ args, exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return stdout;
};
const entriesOf = async (name: string) => JSON.parse(await collection('show', name, '--json')).entries;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-e2e-'));
  const papers = [
    { id: 'a', title: 'Bees of the north', abstract: 'Bees live in the north.' },
    { id: 'b', title: 'Bees in northern places', abstract: 'Northern bees.' },
    { id: 'c', title: 'Worms', abstract: 'Worms live in soil.' },
  ];
  await writeFile(join(folder, 'papers.jsonl'), papers.map((paper) => JSON.stringify(paper)).join('\n'));
  expect(await run('ingest', 'papers.jsonl')).toMatchObject({ exitCode: 0 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a collection survives merged and removed papers, undo, export and a new ingest', async () => {
  await collection('new', 'My reading', '--description', 'For the survey');
  await collection('add', 'my-reading', 'a', 'c', '--tag', 'x', '--note', 'On these');
  await collection('add', 'My Reading', 'b', '--note', 'On b', '--rating', '4');
  await collection('set', 'my-reading', 'c', '--state', 'read', '--untag', 'X', '--note', '');
  expect(await run('join', 'a', 'b')).toMatchObject({ exitCode: 0 });
  expect(await run('remove', 'c')).toMatchObject({ exitCode: 0 });
  const entries = await entriesOf('my-reading');
  expect(entries).toMatchObject([
    { ids: ['a', 'b'], note: 'On these\n\nOn b', tags: ['x'], rating: 4, inIndex: true },
    { ids: ['c'], note: '', tags: [], state: 'read', inIndex: false, paper: { title: 'Worms' } },
  ]);
  expect(await collection('show', 'my-reading')).toMatch(/Worms\n.*read · not in the index/s);
  await collection('undo', 'my-reading');
  expect((await entriesOf('my-reading'))[1]).toMatchObject({
    note: 'On these',
    tags: ['x'],
    state: 'unread',
  });
  const bibtex = await collection('export', 'my-reading', '--format', 'bibtex');
  await writeFile(join(folder, 'reading.bib'), bibtex);
  expect(await run('ingest', '--rebuild', 'papers.jsonl')).toMatchObject({ exitCode: 0 });
  const report = JSON.parse(await collection('import', 'Copy', 'reading.bib', '--json'));
  expect(report).toMatchObject({ added: 2, rejected: [], collection: { id: 'copy' } });
  const said = (list: { note: string; tags: string[]; rating?: number }[]) =>
    list.map(({ note, tags, rating }) => ({ note, tags, rating }));
  expect(said(await entriesOf('copy'))).toEqual(said(await entriesOf('my-reading')));
  const log = await collection('log', 'my-reading');
  expect(log).toMatch(/4 .* changed \(undone\) /);
});

test('a deleted collection is restored, a link is revoked', async () => {
  await collection('new', 'Other');
  expect(await collection('share', 'other', '--label', 'All')).toMatch(/^\/v1\/shared\/[\w-]{32}\n$/);
  const { id } = JSON.parse(await collection('share', 'other', '--without-notes', '--json'));
  await collection('share', 'other', '--revoke', id);
  await collection('delete', 'other');
  expect(await collection('list')).not.toContain('other');
  expect(await collection('list', '--deleted')).toContain('other');
  await collection('restore', 'other');
  expect(await collection('list')).toContain('other');
  expect(await readFile(join(folder, 'index', 'kept', 'collections', 'other.log'), 'utf8')).toContain(
    'restored',
  );
});

test.each([
  [['show', 'nothing'], 1, 'There is no collection "nothing"'],
  [['show'], 2, 'Usage: paper-search collection show COLLECTION'],
  [['add', 'other'], 2, 'Usage: paper-search collection add COLLECTION ID...'],
  [['list', '--note', 'x'], 2, '"collection list" does not have the option --note'],
  [['set', 'other', 'a'], 2, 'Say what to change'],
  [['set', 'other', 'a', '--state', 'read'], 1, 'has no such papers: a'],
  [['import', 'other', 'missing.bib'], 2, 'Cannot read "missing.bib"'],
  [['list', '--index', 'elsewhere'], 3, 'elsewhere'],
])('%j says what is wrong', async (args, exitCode, message) => {
  const done = await run('collection', ...args);
  expect(done.exitCode).toBe(exitCode);
  expect(done.stderr).toContain(message);
});

test('the formats of export are those there are', () => {
  expect([...EXPORT_CHOICES].sort()).toEqual([...COLLECTION_FORMAT_NAMES].sort());
});
