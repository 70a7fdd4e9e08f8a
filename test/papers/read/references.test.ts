import { join } from 'node:path';
import { expect, test } from 'vitest';
import { jsonlReader } from '../../../src/papers/read/jsonl.ts';
import { type CorpusEvent, readCorpusFile } from '../../../src/papers/read/read-corpus.ts';
import { FIXTURES, readFixture } from '../../support/fixtures.ts';
import { papersOf, readAll } from '../../support/lines.ts';

test.each([
  ['openalex.json', ['openalex:W2', 'openalex:W99'], undefined],
  [
    's2-graph.json',
    [
      's2:00000000000000000000000000000000000000ff',
      'doi:10.1000/s2.ref arxiv:1706.03762 s2:17 s2:0000000000000000000000000000000000000001',
    ],
    ['s2:18'],
  ],
  ['crossref.json', ['doi:10.1000/xr.2'], undefined],
  ['unixref.xml', ['doi:10.1000/unixref.2'], undefined],
  ['pubmed.xml', ['doi:10.1000/other'], undefined],
  ['article.nxml', ['doi:10.1000/jats.ref pmid:30000099'], undefined],
  ['inspire.json', ['doi:10.1000/inspire.ref arxiv:hep-th/9901001'], undefined],
  ['dblp.xml', ['dblp:conf/worm/Berg19'], undefined],
  ['datacite.json', ['doi:10.1000/dcite.ref'], ['arxiv:2001.00001']],
  ['savedrecs.txt', ['doi:10.1000/wos.ref'], undefined],
  ['corpus.jsonl', ['b2', 'doi:10.1000/beer.ref'], ['17']],
])('%s', async (file, references, citedBy) => {
  const { papers, warnings } = await readFixture(file);
  const [first, second] = papers;
  expect(first?.references).toEqual(references);
  expect(first?.citedBy).toEqual(citedBy);
  expect(second?.references).toBeUndefined();
  expect(warnings.map(({ field }) => field)).not.toContain('references');
});

test.each([
  ['s2-graph.json', 'references without an identifier'],
  ['crossref.json', 'reference without an identifier'],
  ['inspire.json', 'references without an identifier'],
])('%s: works without an identifier are reported', async (file, name) => {
  const events: CorpusEvent[] = [];
  for await (const event of readCorpusFile({ file: join(FIXTURES, file), named: true }, {})) {
    events.push(event);
  }
  const unread = events.flatMap((event) => (event.kind === 'unread' ? event.unread.names : []));
  expect(unread).toContainEqual({ name, records: 1 });
});

const worksIn = async (record: object) => {
  const [paper] = papersOf(await readAll(jsonlReader, JSON.stringify({ title: 'T', ...record })));
  return { references: paper?.references, citedBy: paper?.citedBy };
};

test.each([
  [{ references: ['a', 17, '10.1000/x'] }, ['a', '17', '10.1000/x']],
  [{ references: 'a; 10.1000/x;y' }, ['a', '10.1000/x;y']],
  [{ outCitations: ['a'] }, ['a']],
  [{ referenced_works: ['https://openalex.org/W17'] }, ['https://openalex.org/W17']],
  [{ references: [{ doi: '10.1000/x' }, { id: 'a' }, { title: 'No id' }] }, ['doi:10.1000/x', 'a']],
  [{ references: [{ citedPaper: { externalIds: { ArXiv: '2101.11408' } } }] }, ['arxiv:2101.11408']],
  [
    {
      references: [
        'Doe, J. (2020). On the lives of many worms. J. Worms 3, 1-9. doi:10.1000/x.',
        'Doe J. A b c d.',
      ],
    },
    ['doi:10.1000/x'],
  ],
  [{ references: 12 }, undefined],
])('JSON %j names %j', async (record, references) => {
  expect((await worksIn(record)).references).toEqual(references);
});

test('JSON names the works that cite a paper', async () => {
  expect((await worksIn({ inCitations: ['a'] })).citedBy).toEqual(['a']);
});
