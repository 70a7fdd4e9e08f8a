import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../../src/util/make-folder.ts';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'paper-search-'));
});
afterAll(() => rm(place, { recursive: true }));

test('creates a folder with its parents, by several callers at once, and again', async () => {
  const folder = join(place, 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(place, 'a', 'd'))]);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
  expect((await stat(join(place, 'a', 'd'))).isDirectory()).toBe(true);
});

test('throws when a file is in its place or in that of a parent', async () => {
  const file = join(place, 'file');
  await writeFile(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(file, 'below'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test.skipIf(!existsSync('/proc/self'))('where nothing can be made, the error comes at once', async () => {
  await expect(makeFolder('/proc/paper-search/models')).rejects.toMatchObject({ code: 'ENOENT' });
});
