import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { firstDayOf } from '../../../src/papers/day.ts';
import { FILTER_NAMES } from '../../../src/papers/fields.ts';
import { INTERNAL_FIELDS } from '../../../src/papers/internal-fields.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { authorIdOf, corpusIdOf, paperIdOf } from '../../../src/papers/semantic-scholar/identity.ts';
import { type EveryFilter, matchFilters } from '../../../src/search/match/filters.ts';
import { paperOf } from '../../support/papers.ts';
import { randomPapers } from '../../support/random-papers.ts';

const PAPERS = [
  paperOf({
    id: 'a',
    title: 'A',
    date: '2021-05-02',
    categories: ['cs.LG', 'math.ST'],
    authors: ['Ann Lee'],
  }),
  paperOf({
    id: 'b',
    title: 'B',
    year: 2021,
    categories: ['physics.optics'],
    authors: ['ann lee', 'Bo Li'],
    urls: { landing: 'https://www.Example.org/b/' },
  }),
  paperOf({ id: 'c', title: 'C', externalIds: { s2: 'AB'.repeat(20) }, date: '2020-12-31' }),
  paperOf({ id: 'd', title: 'D', externalIds: { s2: '0042' } }),
];
const everyName = INTERNAL_FIELDS.map(({ name }) => name);

async function prepared(papers: readonly Paper[]): Promise<FieldIndex> {
  const index = new FieldIndex(new Uint8Array(Buffer.concat(await buildFields(papers))), papers);
  await index.prepare(everyName);
  return index;
}

const sources = { lexical: await bm25Engine.build(PAPERS), fields: await prepared(PAPERS) };

test.each<[what: string, filters: EveryFilter, docs: number[]]>([
  ['days', { day: { from: 20210101, to: 20210501 } }, [1]],
  ['a first day', { day: { from: 20210101 } }, [0, 1]],
  ['a last day, without undated papers', { day: { to: 20201231 } }, [2]],
  ['a field of study', { fieldOfStudy: ['Mathematics'] }, [0]],
  ['one of several', { fieldOfStudy: ['mathematics', 'Physics'] }, [0, 1]],
  ['only whole names', { fieldOfStudy: ['Science'] }, []],
  ['an author', { s2AuthorId: [authorIdOf('Ann Lee')] }, [0, 1]],
  ['a web address', { url: ['http://example.org/b'] }, [1]],
  ['a paperId', { s2PaperId: ['ab'.repeat(20)] }, [2]],
  ['a paperId derived from our id', { s2PaperId: [paperIdOf(PAPERS[0]!)] }, [0]],
  ['a corpusId', { s2CorpusId: ['42'] }, [3]],
  ['a corpusId derived from our id', { s2CorpusId: [String(corpusIdOf(PAPERS[1]!))] }, [1]],
])('filters by %s', (_, filters, docs) => {
  const { mask } = matchFilters(filters, sources);
  expect(PAPERS.flatMap((_paper, doc) => (mask[doc] === 1 ? [doc] : []))).toEqual(docs);
});

test.each([{ day: 'soon' }, { day: { from: 20210102, to: 20210101 } }, { day: {} }])(
  'refuses %j',
  (filters) => {
    expect(() => matchFilters(filters, sources)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', details: { parameter: 'day' } }),
    );
  },
);

test('sorts by day of publication, papers without one last, ties by paperId', async () => {
  await fc.assert(
    fc.asyncProperty(randomPapers(20), async (papers) => {
      const index = await prepared(papers);
      const all = new Uint8Array(papers.length).fill(1);
      const byId = (a: Paper, b: Paper) => (paperIdOf(a) < paperIdOf(b) ? -1 : 1);
      const unknownLast = (a: number, b: number) => Number(a === 0) - Number(b === 0);
      for (const [order, sign] of [
        ['oldestDay', 1],
        ['day', -1],
      ] as const) {
        const expected = papers.toSorted((a, b) => {
          const [dayA, dayB] = [firstDayOf(a), firstDayOf(b)];
          return unknownLast(dayA, dayB) || sign * (dayA - dayB) || byId(a, b);
        });
        const docs = index.order(order, all, 0, papers.length);
        expect(docs.map((doc) => papers[doc]!.id)).toEqual(expected.map(({ id }) => id));
      }
    }),
    { numRuns: 30 },
  );
});

test('does not store or offer internal fields', async () => {
  const fresh = new FieldIndex(new Uint8Array(Buffer.concat(await buildFields(PAPERS))), PAPERS);
  expect(() => fresh.documentsWithId('x', 's2PaperId')).toThrow('prepare');
  expect(FILTER_NAMES.filter((name) => (everyName as readonly string[]).includes(name))).toEqual([]);
});
