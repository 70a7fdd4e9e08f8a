import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { joinPapers, splitPaper } from '../../src/ingest/decide.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { remove } from '../../src/ingest/remove.ts';
import { whyPaper } from '../../src/ingest/why.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { papersIn } from '../support/ingested.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const TITLE = 'On the Growth of Tall Grass';
const RECORDS = {
  'a.jsonl': { title: TITLE, abstract: 'We grow.', authors: ['Ann Lee'], doi: '10.1000/a' },
  'b.jsonl': { title: TITLE, authors: ['Ann Lee'], arxiv: '2101.00001' },
  'c.jsonl': { title: 'Grass That Is Tall: Its Growth', authors: ['Bo Kim'], doi: '10.1000/c' },
};

/** An index of three records, the first two of which are one paper. */
async function workplace() {
  const folder = await temporaryFolder();
  const corpus = join(folder, 'corpus');
  await mkdir(corpus);
  const write = (file: string, record: object) =>
    writeFile(join(corpus, file), `${JSON.stringify(record)}\n`);
  for (const [file, record] of Object.entries(RECORDS)) await write(file, record);
  const options = { index: join(folder, 'index'), encoder: new HashingEncoder() };
  await ingest([corpus], options);
  const ids = async () => (await papersIn(options.index)).map(({ id }) => id).sort();
  return { corpus, write, options, ids };
}

describe('splitPaper', () => {
  test('parts the records of a paper, and later ingests leave them apart', async () => {
    const { corpus, write, options, ids } = await workplace();
    expect(await ids()).toEqual(['doi:10.1000/a', 'doi:10.1000/c']);
    const report = await splitPaper('DOI:10.1000/A', undefined, options);
    expect(report).toMatchObject({ ids: ['arxiv:2101.00001', 'doi:10.1000/a'], papers: 3 });
    const apart = ['arxiv:2101.00001', 'doi:10.1000/a', 'doi:10.1000/c'];
    expect(await ids()).toEqual(apart);
    await write('b.jsonl', { ...RECORDS['b.jsonl'], abstract: 'We grow up.' });
    await ingest([corpus], options);
    expect(await ids()).toEqual(apart);
    await ingest([corpus], { ...options, rebuild: true });
    expect(await ids()).toEqual(apart);
  });

  test('holds when the records go and come back', async () => {
    const { corpus, options, ids } = await workplace();
    await splitPaper('doi:10.1000/a', 'arxiv:2101.00001', options);
    await remove({ sources: [join(corpus, 'b.jsonl')] }, options);
    expect(await ids()).toHaveLength(2);
    await ingest([corpus], options);
    expect(await ids()).toHaveLength(3);
  });

  test('parts a record of two that remain together', async () => {
    const { corpus, write, options, ids } = await workplace();
    await write('d.jsonl', { title: TITLE, authors: ['Ann Lee'], doi: '10.1000/a' });
    await ingest([corpus], options);
    expect(await splitPaper('doi:10.1000/a', 'arXiv:2101.00001v2', options)).toMatchObject({ papers: 3 });
    expect(await ids()).toEqual(['arxiv:2101.00001', 'doi:10.1000/a', 'doi:10.1000/c']);
  });

  test.each([
    ['doi:10.1000/c', undefined, 'is made of one record'],
    ['doi:10.1000/none', undefined, 'There is no paper "doi:10.1000/none"'],
    ['doi:10.1000/a', 'doi:10.1000/c', 'No record of "doi:10.1000/a" has the id "doi:10.1000/c"'],
  ])('refuses %s and %s', async (id, other, message) => {
    const { options, ids } = await workplace();
    await expect(splitPaper(id, other, options)).rejects.toThrow(message);
    expect(await ids()).toHaveLength(2);
  });
});

describe('joinPapers', () => {
  test('makes one paper of two that say different things, and later ingests keep it', async () => {
    const { corpus, options, ids } = await workplace();
    const report = await joinPapers('doi:10.1000/a', 'doi:10.1000/c', options);
    expect(report).toMatchObject({ ids: ['doi:10.1000/a'], papers: 1 });
    await ingest([corpus], { ...options, rebuild: true });
    expect(await ids()).toEqual(['doi:10.1000/a']);
    const why = await whyPaper(options.index, 'doi:10.1000/a');
    const joined = why.sources.find(({ id }) => id === 'doi:10.1000/c');
    expect(joined?.same?.why).toEqual({ by: 'decision' });
  });

  test('undoes a split, and a split undoes it', async () => {
    const { options, ids } = await workplace();
    await splitPaper('doi:10.1000/a', undefined, options);
    await joinPapers('doi:10.1000/a', 'arxiv:2101.00001', options);
    expect(await ids()).toHaveLength(2);
    await splitPaper('doi:10.1000/a', undefined, options);
    expect(await ids()).toHaveLength(3);
  });

  test('refuses a paper and itself, and an index that keeps duplicates', async () => {
    const { corpus, options } = await workplace();
    await expect(joinPapers('doi:10.1000/a', 'arxiv:2101.00001', options)).rejects.toThrow(
      'one paper already',
    );
    await ingest([corpus], { ...options, keepDuplicates: true });
    await expect(joinPapers('doi:10.1000/a', 'doi:10.1000/c', options)).rejects.toThrow(
      '--no-keep-duplicates',
    );
  });
});

describe('the report of an ingest', () => {
  test('lists each merge with its reason', async () => {
    const { corpus, write, options } = await workplace();
    await write('d.jsonl', { title: TITLE, authors: ['Ann Lee'], doi: '10.1000/a' });
    const { merges } = await ingest([corpus], { ...options, listMerges: true });
    expect(merges).toEqual([
      {
        id: 'doi:10.1000/a',
        title: TITLE,
        records: [
          { file: join(corpus, 'a.jsonl'), record: 1, id: 'doi:10.1000/a' },
          {
            file: join(corpus, 'd.jsonl'),
            record: 1,
            id: 'doi:10.1000/a',
            same: { as: 0, why: { by: 'external-id', id: 'doi:10.1000/a' } },
          },
          {
            file: join(corpus, 'b.jsonl'),
            record: 1,
            id: 'arxiv:2101.00001',
            same: { as: 0, why: { by: 'title', families: ['lee'] } },
          },
        ],
      },
    ]);
    expect((await ingest([corpus], { ...options, listMerges: true })).merges).toEqual([]);
    expect((await ingest([corpus], options)).merges).toBeUndefined();
  });
});
