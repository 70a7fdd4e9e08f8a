import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { libraryFolders } from '../../src/cli/library-folders.ts';
import { libraryFolder } from '../../src/cli/server-options.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A folder with indexes of these names; only their pointers exist. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'CURRENT'), '825c3581221eb2ad\n');
  }
  return folder;
}
const namesOf = async (options: Parameters<typeof libraryFolders>[0]) =>
  (await libraryFolders(options)).map(({ name }) => name);
const a = { name: 'a', index: 'x/a' };
const b = { name: 'b', index: 'x/b' };

describe('libraryFolders', () => {
  test('is the index alone without libraries', async () => {
    expect(await libraryFolders({ index: 'my-index' })).toEqual([{ name: 'default', index: 'my-index' }]);
  });

  test('has the default library first', async () => {
    expect(await libraryFolders({ index: 'index', library: [a, b] })).toEqual([a, b]);
    expect(await libraryFolders({ index: 'index', library: [a, b], default: 'b' })).toEqual([b, a]);
  });

  test('finds the indexes in a folder, by name', async () => {
    const libraries = await folderOf('vision', 'speech');
    await mkdir(join(libraries, 'no-index'));
    await writeFile(join(libraries, 'notes.txt'), '');
    expect(await libraryFolders({ index: 'index', libraries })).toEqual([
      { name: 'speech', index: join(libraries, 'speech') },
      { name: 'vision', index: join(libraries, 'vision') },
    ]);
    expect(await namesOf({ index: 'index', libraries, library: [a] })).toEqual(['a', 'speech', 'vision']);
  });

  test.each([
    [{ library: [a, { ...b, name: 'a' }] }, 'Two libraries are named "a"'],
    [{ library: [a, { ...b, index: './x/a' }] }, 'have the same folder'],
    [{ library: [a, b], default: 'c' }, 'there is no library "c". The libraries are: a, b.'],
    [{ default: 'c' }, '--default needs libraries'],
    [{ libraries: '/nowhere/at/all' }, 'Cannot read the folder "/nowhere/at/all"'],
  ])('refuses %j', async (options, message) => {
    await expect(libraryFolders({ index: 'index', ...options })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(message),
    });
  });

  test('refuses a folder without indexes, and one whose name cannot be in a URL', async () => {
    await expect(libraryFolders({ index: 'index', libraries: await folderOf() })).rejects.toThrow(
      'paper-search ingest <papers> --index',
    );
    await expect(libraryFolders({ index: 'index', libraries: await folderOf('two words') })).rejects.toThrow(
      'rename it',
    );
  });
});

describe('--library', () => {
  test('is a name and a folder, which may contain =', () => {
    expect(libraryFolder('b=x/b', libraryFolder('a=x=y'))).toEqual([{ name: 'a', index: 'x=y' }, b]);
  });

  test.each(['a', '=x', 'a=', 'a/b=x', 'two words=x', '..=x'])('refuses %j', (text) => {
    expect(() => libraryFolder(text)).toThrow('Expected NAME=DIR');
  });
});
