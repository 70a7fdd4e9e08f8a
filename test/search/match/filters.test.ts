import { describe, expect, test } from 'vitest';
import { buildFields } from '../../../src/indexes/fields/build.ts';
import { FieldIndex } from '../../../src/indexes/fields/field-index.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { type Filters, matchFilters } from '../../../src/search/match/filters.ts';
import { matchCondition } from '../../../src/search/match/match-condition.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({
    title: 'A',
    abstract: 'Text.',
    year: 2020,
    venue: 'NeurIPS',
    authors: ['Wei Wang', 'Ann Lee'],
    keywords: ['Deep Learning'],
    categories: ['cs.LG'],
  }),
  paperOf({
    title: 'B',
    year: 2021,
    venue: 'NeurIPS Workshop',
    authors: ['Lei Wang'],
    categories: ['stat.ML', 'cs.CL'],
  }),
  paperOf({
    title: 'C',
    year: 2022,
    venue: 'neurips',
    authors: ['Wang Wei', 'José Pérez'],
    keywords: ['deep reinforcement learning', 'learning'],
    session: { name: 'Oral 1' },
  }),
  paperOf({ title: 'D', abstract: 'Wei Wang at NeurIPS.', urls: { pdf: 'https://example.org/d.pdf' } }),
];
const sources = {
  lexical: await bm25Engine.build(PAPERS),
  fields: new FieldIndex(new Uint8Array(Buffer.concat(await buildFields(PAPERS))), PAPERS),
};
const ALL = [0, 1, 2, 3];

test.each<[what: string, filters: Filters, docs: number[]]>([
  ['none', {}, ALL],
  ['lists without values', { venue: [], has: [] }, ALL],
  ['a value of the index: only that value', { venue: ['NEURIPS'] }, [0, 2]],
  ['another value: its words in a row', { venue: ['workshop'] }, [1]],
  ['an author by the whole name', { author: ['wei  wang'] }, [0]],
  ['an author by a part', { author: ['Wang'] }, [0, 1, 2]],
  ['accents aside', { author: ['jose perez'] }, [2]],
  ['not across two authors', { author: ['Wei José'] }, []],
  ['a keyword', { keyword: ['learning'] }, [2]],
  ['a part of a keyword', { keyword: ['deep'] }, [0, 2]],
  ['an area', { area: ['cs.lg'] }, [0]],
  ['a part of an area', { area: ['cs'] }, [0, 1]],
  ['a session', { session: ['oral'] }, [2]],
  ['one of several values', { author: ['Lei Wang', 'Ann Lee'] }, [0, 1]],
  ['several filters at once', { author: ['Wang'], year: '2021..', venue: ['neurips'] }, [2]],
  ['a value that no paper has', { venue: ['Nowhere'] }, []],
  ['a value without words', { venue: ['the'] }, []],
  ['a year', { year: '2021' }, [1]],
  ['years', { year: { from: 2021, to: 2022 } }, [1, 2]],
  ['an abstract', { has: ['abstract'] }, [0, 3]],
  ['both an abstract and a PDF', { has: ['abstract', 'pdf'] }, [3]],
])('filters: %s', (_, filters, docs) => {
  const { mask, count } = matchFilters(filters, sources);
  expect(ALL.filter((doc) => mask[doc] === 1)).toEqual(docs);
  expect(count).toBe(docs.length);
});

test('combines a filter with a condition', () => {
  const span = { start: 0, end: 3 };
  const condition = matchCondition({ kind: 'phrase', field: undefined, text: 'wei wang', span }, sources);
  const both = condition.and(matchFilters({ year: '2020' }, sources));
  expect([...condition.mask]).toEqual([1, 0, 0, 1]);
  expect([...both.mask]).toEqual([1, 0, 0, 0]);
  expect(both.count).toBe(1);
});

test('keeps the papers of filters; an invalid one is an error each time', () => {
  const between = (from: number, to: number) => matchFilters({ year: { from, to } }, sources);
  expect(between(2021, 2022)).toBe(between(2021, 2022));
  for (const to of [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN])
    expect(() => between(2021, to)).toThrow('year');
});

describe('years', () => {
  test.each([
    ['2020..2021', [0, 1]],
    ['2020-2021', [0, 1]],
    ['..2020', [0]],
    ['2021..', [1, 2]],
    ['>=2021', [1, 2]],
    ['> 2021', [2]],
    ['<=2021', [0, 1]],
    ['<2021', [0]],
    [' 2022 ', [2]],
    ['2020–2021', [0, 1]],
    ['2021 .. 2022', [1, 2]],
    ['2021-', [1, 2]],
    [2021, [1]],
    [{ from: 2021 }, [1, 2]],
    [{ to: 2020 }, [0]],
  ])('%j', (year, docs) => {
    const { mask } = matchFilters({ year }, sources);
    expect(ALL.filter((doc) => mask[doc] === 1)).toEqual(docs);
  });

  test.each<NonNullable<Filters['year']>>([
    '',
    'soon',
    '20',
    '20 21',
    '..',
    '-',
    '20202021',
    '>',
    '2020..2021..2022',
    '2022..2020',
    20,
    2020.5,
    {},
    { from: 2022, to: 2020 },
    { from: 20.5 },
  ])('rejects %j as a year', (year) => {
    expect(() => matchFilters({ year }, sources)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', details: { parameter: 'year' } }),
    );
  });
});
