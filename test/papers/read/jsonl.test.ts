import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beirReader } from '../../../src/papers/read/beir.ts';
import { detectReader } from '../../../src/papers/read/formats.ts';
import { jsonlReader } from '../../../src/papers/read/jsonl.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';

const json = (...records: unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');

describe('jsonl', () => {
  test('reads every field of a paper', async () => {
    const record = {
      id: 'x1',
      title: 'T',
      abstract: 'A',
      authors: ['B C', { name: 'D E' }],
      venue: 'ICLR',
      year: '2025',
      date: '2025-04-26',
      keywords: 'one; two',
      categories: ['cs.LG'],
      urls: { landing: 'https://a.org/1', pdf: 'https://a.org/1.pdf' },
      externalIds: { doi: '10.1000/x', arxiv: '2101.11408', openreview: 'abc', acl: 'P19-1', s2: 7 },
      session: { name: 'S', hall: 'H', start: '2025-04-26T00:30:00-07:00' },
    };
    const [paper] = papersOf(await readAll(jsonlReader, json(record)));
    expect(paper).toEqual({
      ...record,
      authors: ['B C', 'D E'],
      year: 2025,
      keywords: ['one', 'two'],
      externalIds: { ...record.externalIds, s2: '7' },
      session: { ...record.session, end: undefined },
    });
  });

  test('a bad line costs itself only, and is named', async () => {
    const items = await readAll(
      jsonlReader,
      `${json({ title: 'A' })}\n{"title": "cut o\n\n[1]\n${json({ year: 1 })}\n${json({ title: 'B' })}`,
    );
    expect(papersOf(items).map(({ title }) => title)).toEqual(['A', 'B']);
    expect(noticesOf(items, 'rejected')).toEqual([
      { file: 'test.txt', line: 2, reason: expect.stringContaining('Not valid JSON') },
      { file: 'test.txt', line: 4, reason: expect.stringContaining('array') },
      {
        file: 'test.txt',
        line: 5,
        field: 'title',
        reason: expect.stringContaining('neither title nor abstract'),
      },
    ]);
  });

  test('a bad field costs itself only, and is named', async () => {
    const items = await readAll(
      jsonlReader,
      json({ title: 'A', year: 'soon', authors: 7, urls: { pdf: 3 } }),
    );
    expect(papersOf(items)).toMatchObject([{ title: 'A', year: undefined, authors: [] }]);
    expect(noticesOf(items, 'warning').map(({ line, field }) => [line, field])).toEqual([
      [1, 'authors'],
      [1, 'year'],
      [1, 'urls.pdf'],
    ]);
  });

  test('records cannot reach the prototype', async () => {
    const items = await readAll(jsonlReader, '{"title":"A","__proto__":{"year":2000},"constructor":{"x":1}}');
    expect(papersOf(items)[0]?.year).toBeUndefined();
    expect(({} as { year?: number }).year).toBeUndefined();
  });

  test('any papers, written and read back', async () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    const record = fc.record({
      title: line,
      abstract: fc.string({ unit: 'grapheme' }),
      authors: fc.array(line),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record), async (records) => {
        const papers = papersOf(await readAll(jsonlReader, json(...records)));
        expect(papers.map(({ title, abstract, authors }) => ({ title, abstract, authors }))).toEqual(records);
      }),
    );
  });
});

describe('beir', () => {
  test('reads id, title, text and metadata', async () => {
    const metadata = {
      authors: 'Perlis, A. J.; Samelson, K.',
      year: 1958,
      venue: ['CACM', 'ACM'],
      url: 'https://a.org',
      doi: '10.1000/y',
    };
    const [paper] = papersOf(await readAll(beirReader, json({ _id: 5, title: 'T', text: 'A', metadata })));
    expect(paper).toMatchObject({
      id: '5',
      title: 'T',
      abstract: 'A',
      authors: ['Perlis, A. J.', 'Samelson, K.'],
      year: 1958,
      venue: 'CACM, ACM',
      urls: { landing: 'https://a.org' },
      externalIds: { doi: '10.1000/y' },
    });
  });

  test('a record without id is rejected', async () => {
    const items = await readAll(beirReader, json({ title: 'T', text: 'A' }));
    expect(noticesOf(items, 'rejected')).toMatchObject([{ line: 1, field: '_id' }]);
  });
});

describe('detection', () => {
  test.each([
    ['jsonl', '{"title":"A","abstract":"B"}'],
    ['beir', '{"_id":"1","title":"A","text":"B"}'],
    ['session-page', 'Oral Session\n\nSat 26 April 0:30 - 0:42 PDT\n\nTitle'],
    ['jsonl', 'a broken line\n{"title":"A"}'],
    [undefined, '{"_id":"1","text":"a query"}'],
    [undefined, 'query-id\tcorpus-id\tscore'],
    [undefined, ''],
  ])('%s', (format, text) => {
    expect(detectReader(text, 'corpus.txt')?.format).toBe(format);
  });
});
