import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asCited, citationNotes, notesIn, statusIn } from '../../src/papers/citation-note.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import { statusText } from '../../src/papers/status.ts';
import { exportPapers } from '../../src/papers/write/formats.ts';
import { paperOf } from '../support/papers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const retracted = paperOf({
  title: 'Worms',
  venue: 'Journal of Worms',
  year: 2020,
  status: { kind: 'retracted', reason: 'Wrong: all of it.', date: '2021-09-09', source: 'ACL Anthology' },
});
const rejected = paperOf({ title: 'Worms', venue: 'ICLR', year: 2018, acceptance: 'reject' });

test.each([
  retracted.status!,
  { kind: 'concern' },
  { kind: 'withdrawn', source: 'arXiv' },
  { kind: 'corrected', date: '2020' },
] as const)('reads back the status that it writes: %j', (status) => {
  expect(statusIn(statusText(status))).toEqual(status);
});

test('takes no other note for a status', () => {
  expect(notesIn('Accepted (2020): good.')).toEqual({ note: 'Accepted (2020): good.' });
  expect(notesIn(undefined)).toEqual({});
});

test('puts notes before the note that was there and takes them apart again', () => {
  const note = asCited({ ...retracted, publication: { note: 'My own.\n\nTwo.' } }).publication?.note;
  expect(note).toMatch(/^Retracted \(2021-09-09, ACL Anthology\): Wrong: all of it\.\n\nMy own\./);
  expect(notesIn(note)).toEqual({ status: retracted.status, note: 'My own.\n\nTwo.' });
});

test('cites a rejected paper without the venue that rejected it', () => {
  expect(citationNotes(rejected)).toEqual(['Submitted to ICLR 2018; decision: Rejected.']);
  expect(asCited(rejected)).toMatchObject({ venue: undefined });
  expect(asCited(paperOf({ title: 'Worms', venue: 'ICLR', acceptance: 'poster' })).venue).toBe('ICLR');
});

describe('an export', () => {
  test.each([
    ['bibtex', 'bib'],
    ['ris', 'ris'],
    ['csl-json', 'json'],
    ['csv', 'csv'],
    ['json', 'json'],
  ] as const)('as %s keeps status and decision', async (format, extension) => {
    const file = join(await temporaryFolder(), `papers.${extension}`);
    await writeFile(file, exportPapers([retracted, { ...rejected, id: 'r', title: 'More worms' }], format));
    const papers = [];
    for await (const event of readCorpusFile({ file, named: true }, {}))
      if (event.kind === 'paper') papers.push(event.paper);
    expect(papers).toMatchObject([
      { venue: 'Journal of Worms', status: retracted.status },
      { venue: 'ICLR', year: 2018, acceptance: 'reject' },
    ]);
  });

  test.each(['bibtex', 'ris', 'text', 'markdown'] as const)('as %s says both', (format) => {
    const text = exportPapers([retracted, rejected], format).replaceAll('\\', '');
    expect(text).toContain('Retracted (2021-09-09, ACL Anthology)');
    expect(text).toContain('Submitted to ICLR 2018; decision: Rejected');
    expect(text).not.toMatch(/booktitle|journal = \{ICLR|T2 {2}- ICLR/);
  });
});
