import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { preview } from '../../../src/ingest/preview.ts';
import { guessFormat } from '../../../src/papers/read/unknown-format.ts';
import { readInput } from '../../support/regression.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

test.each([
  [
    'input.nbib',
    'medline',
    {
      title: 'The size of worm cells',
      authors: ['Jane Q Doe'],
      venue: 'Worm Cell',
      date: '2013-09-12',
      abstract: 'Worm cells differ in size, and we show why.',
      externalIds: { doi: '10.1000/nbib' },
    },
  ],
  ['pubmed.xml', 'pubmed-xml', { title: 'Worm cells', authors: ['Jane Q Doe'], abstract: 'AIM: Why.' }],
  ['endnote.xml', 'endnote-xml', { title: 'EndNote worms', authors: ['Jane Doe'], year: 2020 }],
  [
    'savedrecs.txt',
    'web-of-science',
    { title: 'Worms in soil and water', authors: ['J Doe', 'A Berg'], venue: 'J SOIL' },
  ],
  ['google.enw', 'endnote-tagged', { title: 'EndNote tagged worms', authors: ['Jane Doe'], year: 2020 }],
  [
    'dblp.xml',
    'dblp-xml',
    { title: 'Worms in DBLP XML', authors: ['Jürgen Doe'], externalIds: { doi: '10.1000/dblpx' } },
  ],
  [
    'arxiv-rss.xml',
    'rss',
    {
      title: 'RSS worms',
      abstract: 'Worms by feed.',
      authors: ['Jane Doe', 'Anna Berg'],
      externalIds: { arxiv: '2401.00003' },
    },
  ],
])('reads %s as %s', async (name, format, paper) => {
  const found = await readInput(import.meta.url, name);
  expect(found.format).toBe(format);
  expect(found.papers).toMatchObject([paper]);
  expect([...found.rejected, ...found.warnings]).toEqual([]);
});

test('says which format a file is in when another one was asked for', async () => {
  const { papers, rejected } = await readInput(import.meta.url, 'input.nbib', 'ris');
  expect(papers).toEqual([]);
  expect(rejected).toEqual([expect.stringContaining('It is of the format "medline"')]);
});

test('says what an unknown file in a folder seems to be', async () => {
  const { skipped } = await preview([join(here, 'folder')]);
  expect(skipped.filter(({ file }) => file.includes('folder'))).toEqual([
    {
      file: expect.stringContaining('package.json'),
      reason: expect.stringContaining('"dependencies"'),
      isUnknown: true,
    },
    { file: expect.stringContaining('paper.pdf'), reason: expect.stringContaining('a PDF'), isUnknown: true },
  ]);
});

test('names a file of unknown format that the user named', async () => {
  await expect(readInput(import.meta.url, 'folder/paper.pdf')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('it seems to be a PDF'),
  });
});

test.each([
  ['PK\u0003\u0004\u0014\u0000[Content_Types].xml', 'list.xlsx', 'a spreadsheet of Excel'],
  ['PK\u0003\u0004', 'paper.docx', 'a document of Word'],
  ['{\\rtf1\\ansi', 'paper.rtf', 'a document in RTF'],
  ['SQLite format 3\u0000', 'zotero.sqlite', 'a database of SQLite'],
  ['<?xml version="1.0"?><svg xmlns="x"/>', 'a.svg', 'XML with the root element <svg>'],
  ['<!doctype html><p>Hello', 'a.html', 'a web page'],
  ['Nummer;Sache;Ort\n1;a;b', 'a.txt', 'a table with the first line "Nummer", "Sache", "Ort"'],
  ['XX- 1\nYY- 2\n', 'a.txt', 'citations with tags'],
  ['Once upon a time.', 'a.txt', 'plain text'],
])('takes %j (%s) for %s', (head, file, what) => {
  expect(guessFormat(head, file).what).toContain(what);
});
