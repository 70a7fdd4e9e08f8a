import { expect, test } from 'vitest';
import { CompactKeys, LongKeys } from '../../../src/ingest/identity/compact-keys.ts';
import { keysOf, shortKeysOf } from '../../../src/ingest/identity/record-keys.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';

function paperOf(raw: object, record = 1): Paper {
  const paper = { title: '', abstract: '', ...raw } as Parameters<typeof normalizePaper>[0];
  return normalizePaper(paper, { file: 'a.jsonl', format: 'jsonl', record }, {});
}

test.each([
  [
    'a paper',
    { id: '1', title: 'On graphs', authors: ['Ada Lovelace'], abstract: 'We study graphs.', year: 2020 },
  ],
  ['one without a title', { id: '2', abstract: 'Nothing but an abstract.', authors: ['Ada Lovelace'] }],
  ['one without authors', { id: '3', title: 'Anonymous' }],
])('the keys of %s are those of its record', (_, raw) => {
  const record = paperOf(raw);
  const keys = new CompactKeys(shortKeysOf(record), record.source.file, 0, new LongKeys(() => record));
  const { title, titleKey, people, sketch } = keys;
  expect({ ...keys, title, titleKey, people, sketch }).toEqual(keysOf(record));
});

test('records are read again when their long keys are asked for, and the last ones stay', () => {
  const records = Array.from({ length: 2000 }, (_, n) =>
    paperOf({ id: `${n}`, title: `Paper ${n} of many` }, n),
  );
  const read: number[] = [];
  const long = new LongKeys((place: number) => {
    read.push(place);
    return records[place]!;
  });
  const keys = records.map((record, place) => new CompactKeys(shortKeysOf(record), 'a.jsonl', place, long));
  expect(read).toEqual([]);
  expect(keys.map(({ title }) => title)).toEqual(records.map(({ title }) => title));
  expect(read).toHaveLength(2000);
  expect(keys.at(-1)!.title).toBe('Paper 1999 of many');
  expect(read).toHaveLength(2000);
  expect(keys[0]!.title).toBe('Paper 0 of many');
  expect(read).toHaveLength(2001);
});
