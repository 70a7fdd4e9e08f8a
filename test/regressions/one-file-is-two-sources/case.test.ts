import { copyFile, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import { remove } from '../../../src/ingest/remove.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { papersIn } from '../../support/ingested.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A copy of the library with other paths to it, the first of which is in an index. */
async function workplace() {
  const folder = await temporaryFolder();
  const file = join(folder, 'library', 'lib.bib');
  await mkdir(join(folder, 'library'));
  await copyFile(new URL('lib.bib', import.meta.url), file);
  await symlink(join(folder, 'library'), join(folder, 'linked-folder'));
  await symlink(file, join(folder, 'linked.bib'));
  const relativeFile = relative('', file);
  const paths = [
    file,
    relativeFile,
    `./${relativeFile}`,
    join(folder, 'library'),
    `${join(folder, 'library')}/`,
    join(folder, 'linked-folder'),
    join(folder, 'linked-folder', 'lib.bib'),
    join(folder, 'linked.bib'),
  ];
  return { folder, file, paths, options: { index: join(folder, 'index'), encoder: new HashingEncoder() } };
}

const edited = async (file: string) => {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('Norway', 'Sweden').replace(/.*of all.*\n?/, ''));
};

test.each([0, 1, 5, 7])('takes an edit by any path to a file that path %i brought in', async (first) => {
  const { file, paths, options } = await workplace();
  await ingest([paths[first]!], options);
  for (const path of paths) {
    expect(await ingest([path], options), path).toMatchObject({ papers: 2, unchanged: 2, added: 0 });
  }
  await edited(file);
  const report = await ingest([paths[(first + 3) % paths.length]!], { ...options, replaceSource: true });
  expect(report).toMatchObject({ papers: 1, read: 1, updated: 1, removed: 1 });
  const [paper] = await papersIn(options.index);
  expect(paper).toMatchObject({ abstract: 'We count worms in Sweden.' });
  expect(paper?.sources).toBeUndefined();
});

test('reads a file once that is named twice', async () => {
  const { paths, options } = await workplace();
  expect(await ingest(paths, options)).toMatchObject({ papers: 2, read: 2, duplicate: 0 });
});

test('removes by any path what another path brought in', async () => {
  for (const nth of [1, 3, 6]) {
    const { paths, options } = await workplace();
    await ingest([paths[0]!], options);
    expect(await remove({ sources: [paths[nth]!] }, options)).toMatchObject({ papers: 0 });
  }
});

test('keeps two files of one relative name apart, seen from two folders', async () => {
  const { folder, options } = await workplace();
  const before = process.cwd();
  try {
    process.chdir(join(folder, 'library'));
    await ingest(['lib.bib'], options);
    await mkdir(join(folder, 'other'));
    process.chdir(join(folder, 'other'));
    await writeFile('lib.bib', '@misc{c, title={Another library of other worms}}');
    expect(await ingest(['lib.bib'], { ...options, replaceSource: true })).toMatchObject({ papers: 3 });
    process.chdir(folder);
    expect(await ingest(['library/lib.bib', 'other/lib.bib'], options)).toMatchObject({
      unchanged: 3,
      papers: 3,
    });
  } finally {
    process.chdir(before);
  }
});

test('knows a file again that has moved with its folder', async () => {
  const { folder, options } = await workplace();
  const before = process.cwd();
  try {
    process.chdir(folder);
    await ingest(['library/lib.bib'], options);
    await mkdir('moved');
    await rename('library', 'moved/library');
    process.chdir('moved');
    expect(await ingest(['library/lib.bib'], options)).toMatchObject({ unchanged: 2, papers: 2 });
  } finally {
    process.chdir(before);
  }
});
