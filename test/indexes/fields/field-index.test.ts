import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NamedArrays, packArrays, unpackArrays } from '../../../src/indexes/binary/arrays.ts';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import type { Facet } from '../../../src/papers/fields.ts';
import type { Paper, PaperSequence } from '../../../src/papers/paper.ts';
import { foldPlural } from '../../../src/text/fold-plural.ts';
import { foldValue } from '../../../src/text/fold-value.ts';
import { placesOf } from '../../../src/util/mask.ts';
import { paperOf } from '../../support/papers.ts';
import { randomPapers } from '../../support/random-papers.ts';

const bytesOf = async (papers: readonly Paper[]) => new Uint8Array(Buffer.concat(await buildFields(papers)));
const indexOf = async (papers: readonly Paper[]) => new FieldIndex(await bytesOf(papers), papers);
const all = (size: number) => new Uint8Array(size).fill(1);
const everyDoc = (size: number) => Uint32Array.from({ length: size }, (_, doc) => doc);

const PAPERS = [
  paperOf({
    id: 'arxiv:2101.11408',
    title: '“Zebras” at Work',
    abstract: 'Text.',
    year: 2021,
    date: '2021-01-27',
    authors: ['José Pérez', 'Jose Perez', 'Ann Lee'],
    venue: 'NeurIPS',
    keywords: ['Deep Learning'],
    categories: ['cs.LG', 'stat.ML'],
    externalIds: { arxiv: '2101.11408v3', doi: '10.1000/ABC' },
    urls: { pdf: 'https://example.org/a.pdf' },
  }),
  paperOf({
    id: 'b',
    title: 'Ångström Scale',
    year: 2021,
    venue: 'NEURIPS',
    authors: ['José Pérez'],
    keywords: ['deep  learning', 'physics'],
    externalIds: { arxiv: 'hep-th/9901001' },
  }),
  paperOf({
    id: 'c',
    title: '',
    abstract: 'Untitled.',
    venue: 'NeurIPS',
    session: { name: 'Oral Session 1: Self-Improvement', start: '2025-04-26T00:30:00-07:00' },
  }),
  paperOf({ id: 'd', title: 'apples', date: '2021-12', externalIds: { doi: '10.1000/abc' } }),
  paperOf({ id: 'e', title: 'Apples', session: { name: 'Oral Session 10' } }),
];
const index = await indexOf(PAPERS);

describe('facts', () => {
  test('years are those of the paper, its date or its session', () => {
    expect(PAPERS.map((_, doc) => index.numberOf('year', doc))).toEqual([2021, 2021, 2025, 2021, 0]);
  });

  test('abstract and PDF are there or not', () => {
    expect(PAPERS.map((_, doc) => index.has('abstract', doc))).toEqual([true, false, true, false, false]);
    expect(PAPERS.map((_, doc) => index.has('pdf', doc))).toEqual([true, false, false, false, false]);
  });

  test.each<[facet: Facet, expected: [string, number][]]>([
    ['venue', [['NeurIPS', 3]]],
    [
      'author',
      [
        ['José Pérez', 2],
        ['Ann Lee', 1],
      ],
    ],
    [
      'keyword',
      [
        ['Deep Learning', 2],
        ['physics', 1],
      ],
    ],
    [
      'area',
      [
        ['cs.LG', 1],
        ['stat.ML', 1],
      ],
    ],
    [
      'session',
      [
        ['Oral Session 10', 1],
        ['Oral Session 1: Self-Improvement', 1],
      ],
    ],
    [
      'year',
      [
        ['2021', 3],
        ['2025', 1],
      ],
    ],
  ])('values of %s are counted, in the spelling of most', (facet, expected) => {
    const counts = index.count(facet, everyDoc(PAPERS.length), 10);
    expect(counts.map(({ value, count }) => [value, count])).toEqual(expected);
    expect(index.count(facet, everyDoc(PAPERS.length), 1)).toEqual(counts.slice(0, 1));
    expect(index.count(facet, new Uint32Array(0), 10)).toEqual([]);
  });

  test.each([
    ['Oral Session 1', ['oral', '1'], [2]],
    ['the parts of a hyphenated word', ['improvement', 'self'], [2]],
    ['the whole of it', ['selfimprovement'], [2]],
    ['no part of a word', ['improve'], []],
    ['all that have none of the words missing', ['session'], [4, 2]],
  ])('sessions are found by words: %s', (_, words, docs) => {
    const values = index.valuesContaining('session', words);
    expect(values.flatMap((value) => [...index.documentsOf('session', value)])).toEqual(docs);
  });
});

test.each([
  ['2101.11408', [0]],
  ['arXiv:2101.11408', [0]],
  ['2101.11408v3', [0]],
  ['2101.11408v1', [0]],
  ['https://arxiv.org/abs/2101.11408', [0]],
  ['hep-th/9901001v2', [1]],
  ['10.1000/abc', [0, 3]],
  ['DOI:10.1000/Abc', [0, 3]],
  ['B', [1]],
  ['2101.1140', []],
  ['', []],
])('papers with the identifier "%s" are %j', (id, docs) => {
  expect(index.documentsWithId(id)).toEqual(docs);
});

describe('order', () => {
  test('by date has the newest first, whole dates before years alone, undated papers last', () => {
    expect(index.order('date', all(5), 0, 9)).toEqual([2, 3, 0, 1, 4]);
  });

  test('by title ignores case, accents and quotes; papers without a title come last', () => {
    expect(index.order('title', all(5), 0, 9)).toEqual([1, 3, 4, 0, 2]);
  });

  test('gives a page of the papers of a mask', () => {
    const mask = Uint8Array.of(1, 0, 1, 1, 1);
    expect(index.order('date', mask, 1, 2)).toEqual([3, 0]);
    expect(index.order('title', mask, 3, 2)).toEqual([2]);
    expect(index.order('title', mask, 4, 2)).toEqual([]);
    expect(index.order('title', mask, 0, 0)).toEqual([]);
  });
});

test('counts and documents are those of the papers, value by value', async () => {
  const valuesOf: Partial<Record<Facet, (paper: Paper) => string[]>> = {
    venue: ({ venue }) => (venue === undefined ? [] : [venue]),
    author: ({ authors }) => [...authors],
    keyword: ({ keywords }) => [...keywords],
    area: ({ categories }) => [...categories],
    session: ({ session }) => (session?.name === undefined ? [] : [session.name]),
    year: ({ year }) => (year === undefined ? [] : [String(year)]),
  };
  await fc.assert(
    fc.asyncProperty(randomPapers(20), fc.func(fc.boolean()), async (papers, isMeant) => {
      const made = await indexOf(papers);
      const mask = Uint8Array.from(papers, ({ id }) => (isMeant(id) ? 1 : 0));
      for (const [name, read] of Object.entries(valuesOf)) {
        const facet = name as Facet;
        const keyOf = facet === 'keyword' ? foldPlural : foldValue;
        const expected = new Map<string, number[]>();
        const spelt = new Map<string, string>();
        for (const [doc, paper] of papers.entries()) {
          for (const value of read(paper)) spelt.set(keyOf(value), foldValue(value));
          for (const value of new Set(read(paper).map(keyOf))) {
            if (value !== '') expected.set(value, [...(expected.get(value) ?? []), doc]);
          }
        }
        const counts = made.count(facet, placesOf(mask), 1000);
        const counted = new Map(counts.map(({ value, count }) => [keyOf(value), count]));
        for (const [value, docs] of expected) {
          const count = docs.filter((doc) => mask[doc] === 1).length;
          expect(counted.get(value) ?? 0).toBe(count);
          if (facet !== 'year') expect([...made.documentsWith(facet, spelt.get(value)!)]).toEqual(docs);
        }
        expect(counted.size).toBe(counts.length);
        expect(counts.map(({ count }) => count)).toEqual(
          counts.map(({ count }) => count).sort((a, b) => b - a),
        );
      }
    }),
    { numRuns: 50 },
  );
});

describe('bytes', () => {
  test('are the same for the same papers', async () => {
    expect(await bytesOf(PAPERS)).toEqual(await bytesOf(PAPERS));
  });

  test('can be of no paper', async () => {
    const none = await indexOf([]);
    expect(none.size).toBe(0);
    expect(none.documentsWithId('x')).toEqual([]);
    expect(none.count('venue', new Uint32Array(0), 5)).toEqual([]);
  });

  test('that are something else are refused', async () => {
    const bytes = await bytesOf(PAPERS);
    const renamed = bytes.slice();
    renamed.set(Buffer.from('venue.docx'), Buffer.from(bytes).indexOf('venue.docs'));
    for (const wrong of [new Uint8Array(0), new Uint8Array(64), bytes.slice(0, -8), renamed]) {
      expect(() => new FieldIndex(wrong, PAPERS)).toThrow(expect.objectContaining({ code: 'INDEX_CORRUPT' }));
    }
  });

  test('of other papers are refused', async () => {
    const bytes = await bytesOf(PAPERS);
    expect(() => new FieldIndex(bytes, PAPERS.slice(1))).toThrow(
      expect.objectContaining({ code: 'INDEX_CORRUPT' }),
    );
  });

  test('take little: no more than 60 a paper beside the texts of values', async () => {
    const papers = Array.from({ length: 500 }, (_, i) =>
      paperOf({
        id: `paper-${i}`,
        title: `Paper ${i}`,
        year: 2000 + (i % 20),
        venue: `Venue ${i % 5}`,
        authors: [0, 1, 2, 3].map((n) => `Author ${(i * 7 + n) % 300}`),
        keywords: [0, 1, 2].map((n) => `key ${(i + n) % 50}`),
        categories: [`cs.${i % 9}`],
      }),
    );
    const texts = papers.map(({ id }) => id.length).reduce((sum, length) => sum + length, 0);
    expect((await bytesOf(papers)).length - texts).toBeLessThan(68 * papers.length + 9000);
  });
});

describe('a snapshot that was written before fields were declared', () => {
  const text = (value: string) => new Uint8Array(Buffer.from(value));
  const none = new Uint32Array(0);
  const noValues = (name: string) => ({
    [`${name}.bytes`]: new Uint8Array(0),
    [`${name}.ends`]: none,
    [`${name}.first`]: Uint32Array.of(0),
    [`${name}.docs`]: none,
  });
  const papers = [
    paperOf({ id: 'a', title: 'Bees', abstract: 'Text.', year: 2020, venue: 'ACL', authors: ['Ann Lee'] }),
    paperOf({ id: 'b', title: 'Ants', date: '2021-05-02', urls: { pdf: 'https://example.org/b.pdf' } }),
  ];
  /** The arrays of format 3 as version 0.2 wrote them. */
  const arrays = {
    years: Uint16Array.of(2020, 2021),
    flags: Uint8Array.of(1, 2),
    titleOrder: Uint32Array.of(1, 0),
    dateOrder: Uint32Array.of(1, 0),
    idBytes: text('ab'),
    idEnds: Uint32Array.of(1, 2),
    idDocs: Uint32Array.of(0, 1),
    'venue.bytes': text('ACL'),
    'venue.ends': Uint32Array.of(3),
    'venue.first': Uint32Array.of(0, 1),
    'venue.docs': Uint32Array.of(0),
    'author.bytes': text('Ann Lee'),
    'author.ends': Uint32Array.of(7),
    'author.first': Uint32Array.of(0, 1),
    'author.docs': Uint32Array.of(0),
    ...noValues('keyword'),
    ...noValues('area'),
    ...noValues('session'),
  };
  const packed = (named: NamedArrays) =>
    new Uint8Array(Buffer.concat(packArrays('table of attributes', named)));
  const unread: PaperSequence = {
    length: 2,
    at: () => {
      throw new Error('a paper was read');
    },
  };

  test('answers from its arrays and reads no paper', async () => {
    const opened = new FieldIndex(packed(arrays), unread);
    await opened.prepare([
      'year',
      'venue',
      'author',
      'keyword',
      'area',
      'session',
      'has',
      'id',
      'date',
      'title',
    ]);
    expect([opened.numberOf('year', 0), opened.numberOf('year', 1)]).toEqual([2020, 2021]);
    expect([opened.has('abstract', 0), opened.has('pdf', 0), opened.has('pdf', 1)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(opened.count('venue', everyDoc(2), 9)).toEqual([{ value: 'ACL', count: 1 }]);
    expect([...opened.documentsWith('author', 'ann lee')]).toEqual([0]);
    expect(opened.documentsWithId('b')).toEqual([1]);
    expect(opened.order('date', all(2), 0, 9)).toEqual([1, 0]);
    expect(opened.order('title', all(2), 0, 9)).toEqual([1, 0]);
  });

  test('holds what is written today', async () => {
    expect(unpackArrays('table of attributes', await bytesOf(papers))).toMatchObject(arrays);
  });

  test('gets a column that it lacks from the papers, at the first use', async () => {
    const { 'venue.bytes': _b, 'venue.ends': _e, 'venue.first': _f, 'venue.docs': _d, ...others } = arrays;
    const opened = new FieldIndex(packed(others), papers);
    expect(() => opened.count('venue', everyDoc(2), 9)).toThrow('prepare');
    await Promise.all([opened.prepare(['venue']), opened.prepare(['year', 'venue'])]);
    expect(opened.count('venue', everyDoc(2), 9)).toEqual([{ value: 'ACL', count: 1 }]);
    expect([...opened.documentsWith('venue', 'acl')]).toEqual([0]);
  });

  test('gets an order that it lacks, and the order that decides its ties', async () => {
    const { titleOrder: _t, dateOrder: _d, ...others } = arrays;
    const opened = new FieldIndex(packed(others), papers);
    await opened.prepare(['date']);
    expect(opened.order('date', all(2), 0, 9)).toEqual([1, 0]);
    expect(opened.order('title', all(2), 0, 9)).toEqual([1, 0]);
  });

  test('tries again after a paper could not be read', async () => {
    const { titleOrder: _t, ...others } = arrays;
    let fails = true;
    const opened = new FieldIndex(packed(others), {
      length: 2,
      at: (doc) => {
        if (fails) throw new Error('unreadable');
        return papers[doc];
      },
    });
    await expect(opened.prepare(['title'])).rejects.toThrow('unreadable');
    fails = false;
    await opened.prepare(['title']);
    expect(opened.order('title', all(2), 0, 9)).toEqual([1, 0]);
  });
});
