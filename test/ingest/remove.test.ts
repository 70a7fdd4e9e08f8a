import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { remove } from '../../src/ingest/remove.ts';
import { isFileOf, isWithin } from '../../src/ingest/source-files.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { papersIn } from '../support/ingested.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const json = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const paper = (id: string) => ({ id, title: `Title ${id} of a paper`, abstract: `Abstract of ${id}.` });
const shared = { title: 'A Paper That Both Have', authors: ['Ann Lee'], arxiv: '2101.00001' };

/** An index of two files that have one paper in common. */
async function indexed() {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  await writeFile(
    join(corpus, 'a.jsonl'),
    json({ ...shared, abstract: 'From a.' }, paper('a1'), paper('a2')),
  );
  await writeFile(
    join(corpus, 'b.jsonl'),
    json({ ...shared, doi: '10.1000/x', venue: 'From b' }, paper('b1')),
  );
  const options = { index: join(folder, 'index'), encoder: new HashingEncoder() };
  const report = await ingest([corpus], options);
  return { corpus, options, report };
}

const idsIn = async (index: string) => [...(await openSnapshot(index)).papers].map(({ id }) => id);

describe('removing', () => {
  test('papers by any of their ids, and nothing else', async () => {
    const { options } = await indexed();
    const report = await remove({ ids: ['arxiv:2101.00001', 'a2'] }, options);
    expect(report).toMatchObject({ records: 3, removed: 2, papers: 2 });
    expect(await idsIn(options.index)).toEqual(['a1', 'b1']);
    const engine = await openIndex(options.index, options);
    const snapshot = await engine.acquire();
    const { hits } = await snapshot.search({ query: 'paper that both have' });
    expect(hits.map(({ paper: { id } }) => id).sort()).toEqual(['a1', 'b1']);
  });

  test('a source leaves its papers as the others have them', async () => {
    const { corpus, options } = await indexed();
    await remove({ sources: [join(corpus, 'a.jsonl')] }, options);
    const [, left] = [...(await openSnapshot(options.index)).papers];
    expect(left).toMatchObject({
      id: 'doi:10.1000/x',
      abstract: '',
      venue: 'From b',
      aliases: ['arxiv:2101.00001'],
    });
    expect(left?.sources).toBeUndefined();
    expect(await idsIn(options.index)).toEqual(['b1', 'doi:10.1000/x']);
  });

  test('and ingesting again brings the very papers back, as new arrivals', async () => {
    const { corpus, options } = await indexed();
    const before = await papersIn(options.index);
    await remove({ ids: ['b1'], sources: [join(corpus, 'a.jsonl')] }, options);
    expect(await ingest([corpus], options)).toMatchObject({ papers: 4 });
    expect(await papersIn(options.index)).toEqual(before);
  });

  test('reports an unknown id or source, and removes nothing', async () => {
    const { options, report } = await indexed();
    await expect(remove({ ids: ['a1', 'nobody'] }, options)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"nobody"'),
    });
    await expect(remove({ sources: ['nowhere'] }, options)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await openSnapshot(options.index)).name).toBe(report.snapshot);
  });

  test('from where there is no index makes none', async () => {
    const folder = await temporaryFolder();
    await expect(remove({ ids: ['x'] }, { index: join(folder, 'index') })).rejects.toMatchObject({
      code: 'INDEX_MISSING',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('everything leaves an index that answers with nothing, and can be filled again', async () => {
    const { corpus, options } = await indexed();
    const before = await papersIn(options.index);
    expect(await remove({ sources: [corpus] }, options)).toMatchObject({ removed: 4, papers: 0 });
    const engine = await openIndex(options.index, options);
    const snapshot = await engine.acquire();
    for (const mode of ['keyword', 'semantic', 'hybrid'] as const) {
      expect((await snapshot.search({ query: 'paper', mode })).hits).toEqual([]);
    }
    expect(await ingest([corpus], options)).toMatchObject({ papers: 4 });
    expect(await papersIn(options.index)).toEqual(before);
  });
});

describe('replacing a source', () => {
  test('takes out what its files have no longer, and nothing of other files', async () => {
    const { corpus, options } = await indexed();
    await writeFile(join(corpus, 'a.jsonl'), json(paper('a2'), paper('a3')));
    const file = join(corpus, 'a.jsonl');
    expect(await ingest([file], options)).toMatchObject({ removed: 0, papers: 5 });
    expect(await ingest([file], { ...options, replaceSource: true })).toMatchObject({
      removed: 2,
      papers: 4,
    });
    expect(await idsIn(options.index)).toEqual(['a2', 'a3', 'b1', 'doi:10.1000/x']);
  });

  test('takes out files of a folder that are gone', async () => {
    const { corpus, options } = await indexed();
    await rm(join(corpus, 'b.jsonl'));
    expect(await ingest([corpus], { ...options, replaceSource: true })).toMatchObject({
      removed: 2,
      papers: 3,
    });
  });

  test('a file that cannot be read whole keeps what it had', async () => {
    const { corpus, options, report } = await indexed();
    await writeFile(join(corpus, 'b.jsonl'), `${json(paper('b1'))}{"title": broken\n`);
    const again = await ingest([corpus], { ...options, replaceSource: true });
    expect(again).toMatchObject({ removed: 0, papers: report.papers });
    expect(again.warnings).toMatchObject([{ file: join(corpus, 'b.jsonl') }]);
  });

  test('files of a folder that cannot be read keep what they had', async () => {
    const { corpus, options } = await indexed();
    const deep = join(corpus, 'deep');
    await mkdir(deep);
    await writeFile(join(deep, 'c.jsonl'), json(paper('c1')));
    await ingest([corpus], options);
    await rm(deep, { recursive: true });
    await symlink('a-drive-that-is-not-there', deep);
    const again = await ingest([corpus], { ...options, replaceSource: true });
    expect(again).toMatchObject({ removed: 0, papers: 5, rejected: [{ file: deep }] });
    expect(again.warnings).toMatchObject([{ file: join(deep, 'c.jsonl') }]);
    await rm(deep);
    expect(await ingest([corpus], { ...options, replaceSource: true })).toMatchObject({ removed: 1 });
  });
});

test.each([
  ['a.bib', 'a.bib', true],
  ['./a.bib', 'a.bib', true],
  ['data', 'data/a.bib', true],
  ['data/', 'data/deep/a.bib', true],
  ['data', 'data2/a.bib', false],
  ['.', 'data/a.bib', true],
  ['.', '../a.bib', false],
  ['.', '/data/a.bib', false],
  ['/', '/data/a.bib', true],
  ['-', '-', true],
  ['.', '-', false],
])('of %s, %s is a file: %s', (path, file, expected) => {
  expect(isFileOf(path, file)).toBe(expected);
});

test.each([
  ['data/a.bib', ['data/a.bib'], true],
  ['data/deep/a.bib', ['data'], true],
  ['data/deep/a.bib', ['data/'], true],
  ['/data/a.bib', ['/'], true],
  ['a.bib', ['.'], true],
  ['../a.bib', ['..'], true],
  ['data2/a.bib', ['data', 'a.bib', 'data2/a'], false],
  ['-', ['data'], false],
])('%s is in %o: %s', (file, places, expected) => {
  expect(isWithin(new Set(places), file)).toBe(expected);
});
