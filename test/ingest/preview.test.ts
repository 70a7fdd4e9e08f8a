import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { renderFormats, renderPreview } from '../../src/cli/render-preview.ts';
import { preview } from '../../src/ingest/preview.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function corpusOf(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'corpus'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'corpus', name), content);
  return join(folder, 'corpus');
}
const json = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('a preview shows files, papers of each, and what is rejected', async () => {
  const corpus = await corpusOf({
    'a.jsonl': json(
      { title: 'First' },
      { title: 'Second', abstract: 'Text.' },
      { title: 'Third' },
      { title: 'Fourth' },
    ),
    'b.jsonl': `${json({ title: 'Other', abstract: 'Long. '.repeat(100) })}broken\n`,
  });
  const found = await preview([corpus]);
  expect(found).toMatchObject({ read: 6, papers: 5, withoutAbstract: 3 });
  expect(found.files.map(({ papers }) => papers)).toEqual([4, 1]);
  expect(found.examples.map(({ title }) => title)).toEqual(['First', 'Other', 'Second']);
  const text = stripVTControlCharacters(renderPreview(found));
  expect(text).toContain('Would read 6 records: 5 papers, 3 of them without abstract.');
  expect(text).toContain(`${join(corpus, 'b.jsonl')}: 1 papers, jsonl`);
  expect(text).toContain(`${join(corpus, 'b.jsonl')}:2: Not valid JSON`);
  expect(await readdir(join(corpus, '..'))).toEqual(['corpus']);
});

test('a format can be forced, and must be one that there is', async () => {
  const corpus = await corpusOf({ 'a.txt': json({ headline: 'Of no format' }, { title: 'But this' }) });
  const file = join(corpus, 'a.txt');
  expect(await preview([file], { format: 'jsonl' })).toMatchObject({ papers: 1, rejected: [{ line: 1 }] });
  await expect(preview([file], { format: 'docx' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('jsonl'),
  });
});

test('reports an empty folder', async () => {
  await expect(preview([await corpusOf({})])).rejects.toMatchObject({ code: 'NO_INPUT' });
});

test('columns win over those of the sidecar file', async () => {
  const corpus = await corpusOf({
    'a.csv': 'Kopf,Rumpf,Anderes\nGrass,It grows.,No.\n',
    'a.meta.json': JSON.stringify({ venue: 'V', columns: { title: 'Anderes' } }),
  });
  const columns = { title: 'Kopf', abstract: 'Rumpf' };
  const { examples, rejected } = await preview([corpus], { columns });
  expect(examples).toMatchObject([{ title: 'Grass', abstract: 'It grows.', venue: 'V' }]);
  expect(rejected).toEqual([]);
});

test('formats are shown in columns', () => {
  const formats = [
    { format: 'a', description: 'One.', files: ['a.json', 'a.jsonl.gz'] },
    { format: 'long', description: 'Two.', files: [] },
  ];
  expect(stripVTControlCharacters(renderFormats(formats))).toBe(
    'a     One.  (a.json, a.jsonl.gz)\nlong  Two.',
  );
});
