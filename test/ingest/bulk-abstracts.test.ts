import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { whyPaper } from '../../src/ingest/why.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Semantic Scholar gives the titles and the abstracts of papers in files of their own.
const TITLED = [
  { corpusid: 501, title: 'Lanterns for Night Herons', authors: [{ name: 'Ida Moor' }], year: 2032 },
  { corpusid: 502, title: 'Bells for Grazing Goats', authors: [{ name: 'Jon Weir' }], year: 2033 },
];
const ABSTRACTS = [
  {
    corpusid: 502,
    openaccessinfo: { externalids: { DOI: '10.9000/bells' } },
    abstract: 'Goats that ring are found.',
  },
  { corpusid: 501, openaccessinfo: { externalids: {} }, abstract: 'Herons fish where light falls.' },
  { corpusid: 999, openaccessinfo: { externalids: {} }, abstract: 'Its title is in another part.' },
];
const PAPERS = 'papers-part0.jsonl';
const PARTS = 'abstracts-part0.jsonl';

async function workplace() {
  const folder = join(await temporaryFolder(), 'corpus');
  await mkdir(folder);
  const write = (file: string, records: readonly object[]) =>
    writeFile(join(folder, file), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await write(PAPERS, TITLED);
  await write(PARTS, ABSTRACTS);
  const options = { index: join(folder, '..', 'index'), encoder: new HashingEncoder() };
  return { folder, write, options };
}

async function papersIn(index: string): Promise<Paper[]> {
  const snapshot = await openSnapshot(index);
  const papers = [...snapshot.papers];
  snapshot.close();
  return papers.sort((a, b) => (a.title < b.title ? -1 : 1));
}

const WHOLE = [
  { title: '', abstract: 'Its title is in another part.', externalIds: { s2: '999' } },
  {
    title: 'Bells for Grazing Goats',
    abstract: 'Goats that ring are found.',
    authors: ['Jon Weir'],
    year: 2033,
    externalIds: { s2: '502', doi: '10.9000/bells' },
  },
  {
    title: 'Lanterns for Night Herons',
    abstract: 'Herons fish where light falls.',
    authors: ['Ida Moor'],
    year: 2032,
    externalIds: { s2: '501' },
  },
];

test.each([
  ['at once', [[PAPERS, PARTS]]],
  ['the titles first', [[PAPERS], [PARTS]]],
  ['the abstracts first', [[PARTS], [PAPERS]]],
])('an abstract without title joins its paper: %s', async (_, ingests) => {
  const { folder, options } = await workplace();
  for (const files of ingests) {
    const { rejected } = await ingest(
      files.map((file) => join(folder, file)),
      options,
    );
    expect(rejected).toEqual([]);
  }
  expect(await papersIn(options.index)).toMatchObject(WHOLE);
  const why = await whyPaper(options.index, 's2:501');
  expect(why.sources).toMatchObject([
    { file: join(folder, PARTS), fields: expect.arrayContaining(['abstract']) },
    {
      file: join(folder, PAPERS),
      fields: expect.arrayContaining(['title', 'authors', 'year']),
      same: { as: 0, why: { by: 'external-id', id: 's2:501' } },
    },
  ]);
  const engine = await openIndex(options.index, { encoder: options.encoder });
  const snapshot = await engine.acquire();
  for (const query of ['lanterns', 'fish']) {
    const { hits } = await snapshot.search({ query, mode: 'keyword' });
    expect(hits.map(({ paper }) => paper.title)).toEqual(['Lanterns for Night Herons']);
  }
  await engine.close();
});

test('an abstract that is revised, or withdrawn, changes its paper and no other', async () => {
  const { folder, write, options } = await workplace();
  await ingest([folder], options);
  await write(PARTS, [{ ...ABSTRACTS[1]!, abstract: 'Herons fish in the dark, too.' }]);
  const report = await ingest([folder], { ...options, replaceSource: true });
  expect(report).toMatchObject({ updated: 1, unchanged: 2, removed: 2, papers: 2, encoded: 2 });
  expect(await papersIn(options.index)).toMatchObject([
    { title: 'Bells for Grazing Goats', abstract: '' },
    { title: 'Lanterns for Night Herons', abstract: 'Herons fish in the dark, too.' },
  ]);
});
