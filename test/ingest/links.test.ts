import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderReport } from '../../src/cli/render.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { remove } from '../../src/ingest/remove.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const encoder = new HashingEncoder();

/** Writes a file of records, each its own paper, into a folder. */
async function fileOf(folder: string, name: string, ...records: object[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
}

const titleOf = (word: string) => ({ title: `A paper about ${word}`, abstract: `${word} ${word} ${word}.` });
const CITING = { id: 'citing', ...titleOf('apples'), references: ['doi:10.1000/CITED', 'doi:10.1000/lost'] };
const CITED = { id: 'cited', ...titleOf('pears'), externalIds: { doi: '10.1000/cited' } };
const LATER = { id: 'later', ...titleOf('plums'), references: ['cited', 'doi:10.1000/lost'] };

const citingOf = async (index: string, id: string) => {
  const engine = await openIndex(index, { encoder });
  try {
    return await withSnapshot(engine, async (snapshot) => {
      const { hits } = await snapshot.citations(id, { direction: 'citations', sort: 'title' });
      return hits.map(({ paper }) => paper.id);
    });
  } finally {
    await engine.close();
  }
};

test('a paper that is added later is linked to the papers that already cite it', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const first = await ingest([await fileOf(folder, 'a.jsonl', CITING)], { index, encoder });
  expect(first.links).toEqual({
    citing: 1,
    cited: 0,
    references: 2,
    resolved: 0,
    unresolved: 2,
    missing: [
      { reference: 'doi:10.1000/cited', papers: 1 },
      { reference: 'doi:10.1000/lost', papers: 1 },
    ],
  });
  const second = await ingest([await fileOf(folder, 'b.jsonl', CITED, LATER)], { index, encoder });
  expect(second.links).toEqual({
    citing: 2,
    cited: 1,
    references: 4,
    resolved: 2,
    unresolved: 2,
    missing: [{ reference: 'doi:10.1000/lost', papers: 2 }],
  });
  expect(renderReport(second)).toContain(
    '2 papers name 4 references, 2 of them to papers of the index. Most cited of the works that it lacks: doi:10.1000/lost (2 papers).',
  );
  expect(await citingOf(index, 'cited')).toEqual(['citing', 'later']);
  const again = await ingest([join(folder, 'b.jsonl')], { index, encoder });
  expect(again).toMatchObject({ unchanged: 2, snapshot: second.snapshot });
  expect(again.links).toBeUndefined();
});

test('a paper that is removed is a missing work again', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  await ingest([await fileOf(folder, 'a.jsonl', CITING, CITED, LATER)], { index, encoder });
  expect(await citingOf(index, 'cited')).toEqual(['citing', 'later']);
  await remove({ ids: ['cited'] }, { index, encoder });
  const engine = await openIndex(index, { encoder });
  const { citations } = await withSnapshot(engine, (snapshot) => snapshot.stats());
  await engine.close();
  expect(citations).toEqual({ citing: 2, cited: 0, references: 4, resolved: 0, unresolved: 4 });
});

test('references follow a paper that is merged under another id', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const preprint = { ...CITED, id: 'preprint', externalIds: { doi: '10.1000/cited' }, references: ['later'] };
  await ingest([await fileOf(folder, 'a.jsonl', CITING, CITED, LATER)], { index, encoder });
  const { links } = await ingest([await fileOf(folder, 'b.jsonl', preprint)], { index, encoder });
  expect(links).toMatchObject({ citing: 3, cited: 2, references: 5, resolved: 3 });
  expect(await citingOf(index, 'preprint')).toEqual(['citing', 'later']);
  expect(await citingOf(index, 'later')).toEqual(['cited']);
});

test('the same papers give the same fields, whatever the order in which they came', async () => {
  const folder = await temporaryFolder();
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  const file = await fileOf(folder, 'x.jsonl', CITING, CITED, LATER);
  await ingest([file], { index: a, encoder });
  await fileOf(folder, 'x.jsonl', CITING);
  await ingest([file], { index: b, encoder });
  await fileOf(folder, 'x.jsonl', CITING, CITED, LATER);
  await ingest([file], { index: b, encoder });
  const fields = await Promise.all([a, b].map(async (index) => (await openSnapshot(index)).readFields()));
  expect(Buffer.from(fields[0]!).equals(Buffer.from(fields[1]!))).toBe(true);
});
