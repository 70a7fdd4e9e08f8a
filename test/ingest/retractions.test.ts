import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { readRetractions } from '../../src/papers/read/retractions.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LIST = fileURLToPath(
  new URL('../regressions/retracted-papers-look-like-others/retraction-watch.csv', import.meta.url),
);
const record = (doi: string, title: string) =>
  `${JSON.stringify({ title, doi, abstract: `About ${title}.` })}\n`;

test('reads the list of Retraction Watch, in which a reinstatement takes a retraction back', async () => {
  expect(await readRetractions(LIST)).toEqual(
    new Map([
      [
        'doi:10.1000/w1',
        {
          kind: 'retracted',
          reason: 'Error in Data; Concerns about Results',
          date: '2022-11-24',
          source: 'Retraction Watch',
          isFromNotice: true,
        },
      ],
      [
        'doi:10.1000/w2',
        {
          kind: 'concern',
          reason: 'Investigation',
          date: '2021-01-02',
          source: 'Retraction Watch',
          isFromNotice: true,
        },
      ],
    ]),
  );
});

test('says which columns a list lacks', async () => {
  const file = join(await temporaryFolder(), 'other.csv');
  await writeFile(file, 'a,b\n1,2\n');
  await expect(readRetractions(file)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('OriginalPaperDOI'),
  });
});

test('marks papers that are in the index, and keeps the mark when their source is read again', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, record('10.1000/w1', 'Worms one') + record('10.1000/w9', 'Worms nine'));
  const encoder = new HashingEncoder();
  const statuses = async () => {
    const papers = [...(await openSnapshot(index)).papers];
    return Object.fromEntries(papers.map(({ title, status }) => [title, status?.kind]));
  };
  expect(await ingest([file], { index, encoder })).toMatchObject({ added: 2, marked: 0 });
  expect(await statuses()).toEqual({ 'Worms one': undefined, 'Worms nine': undefined });

  expect(await ingest([], { index, encoder, retractions: LIST })).toMatchObject({ marked: 1, papers: 2 });
  expect(await statuses()).toEqual({ 'Worms one': 'retracted', 'Worms nine': undefined });

  // The same file again, and then with another version of the record.
  expect(await ingest([file], { index, encoder })).toMatchObject({ unchanged: 2, updated: 0 });
  expect(await statuses()).toMatchObject({ 'Worms one': 'retracted' });
  await writeFile(file, record('10.1000/w1', 'Worms I') + record('10.1000/w9', 'Worms 9'));
  await ingest([file], { index, encoder });
  expect(await statuses()).toMatchObject({ 'Worms I': 'retracted', 'Worms 9': undefined });
});

test('marks a paper that a notice of Crossref in another file says was retracted', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  await writeFile(join(folder, 'papers.jsonl'), record('10.1000/w1', 'Worms one'));
  const notice = {
    DOI: '10.1000/n1',
    prefix: '10.1000',
    title: ['Retraction: Worms one'],
    'update-to': [{ DOI: '10.1000/W1', type: 'retraction', updated: { 'date-parts': [[2022, 11, 24]] } }],
  };
  await writeFile(join(folder, 'works.json'), JSON.stringify({ message: { items: [notice] } }));
  const report = await ingest([join(folder, 'papers.jsonl'), join(folder, 'works.json')], {
    index,
    encoder: new HashingEncoder(),
  });
  expect(report.marked).toBe(1);
  const papers = [...(await openSnapshot(index)).papers];
  expect(papers.find(({ title }) => title === 'Worms one')?.status).toMatchObject({
    kind: 'retracted',
    date: '2022-11-24',
    source: 'Crossref',
  });
  expect(papers.find(({ title }) => title === 'Retraction: Worms one')?.status).toBeUndefined();
});
