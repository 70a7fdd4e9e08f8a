import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf } from '../../../src/ingest/identity/agreement.ts';
import { groupRecords } from '../../../src/ingest/identity/grouping.ts';
import { keysOf } from '../../../src/ingest/identity/record-keys.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';
import type { RawPaper } from '../../../src/papers/read/reader.ts';

const TITLE = 'On the Growth of Tall Grass';

type Fields = Partial<RawPaper> & { readonly file?: string };

/** Keys of a record as a reader gives it. */
function recordOf({ file = 'a.bib', ...fields }: Fields) {
  const raw = { title: TITLE, abstract: '', authors: [], ...fields };
  return keysOf(normalizePaper(raw, { file, format: 'test', record: 1 }, {}));
}

/** The groups as lists of places, in a form that does not depend on order. */
const groupsOf = async (...records: Fields[]) =>
  Array.from(await groupRecords(records.map(recordOf)), (group) => group.sort());

describe('two records', () => {
  test.each<[string, Fields, Fields, string | undefined]>([
    [
      'a DOI in two spellings',
      { externalIds: { doi: '10.1000/AB' } },
      { externalIds: { doi: 'https://doi.org/10.1000/ab' } },
      'external-id',
    ],
    [
      'an arXiv id in two versions',
      { externalIds: { arxiv: '2101.00001v1' } },
      { externalIds: { arxiv: '2101.00001v3' } },
      'external-id',
    ],
    [
      "arXiv's own DOI and the id",
      { externalIds: { doi: '10.48550/arXiv.2101.00001' } },
      { title: 'New title', externalIds: { arxiv: '2101.00001' } },
      'external-id',
    ],
    [
      "the Anthology's own DOI and the id",
      { externalIds: { doi: '10.18653/v1/P19-1001' } },
      { externalIds: { acl: 'P19-1001' } },
      'external-id',
    ],
    [
      'an id, the title changed',
      { authors: ['A Lee'], externalIds: { s2: '7' } },
      { title: 'Another', authors: ['Lee, A'], externalIds: { s2: '7' } },
      'external-id',
    ],
    [
      'an id that neither title nor author bears out',
      { authors: ['A Lee'], externalIds: { doi: '10.1000/x' } },
      { title: 'Another', authors: ['B Kim'], externalIds: { doi: '10.1000/x' } },
      undefined,
    ],
    [
      'OpenReview ids that differ in their case',
      { title: 'One', externalIds: { openreview: 'aB' } },
      { title: 'Two', externalIds: { openreview: 'Ab' } },
      undefined,
    ],
    [
      'title, author and year',
      { authors: ['Ann Lee', 'B Kim'], year: 2020 },
      { title: 'on the growth of TALL grass.', authors: ['Kim, Bo'], year: 2021 },
      'title',
    ],
    ['the title, one without authors and year', { authors: ['Ann Lee'], year: 2020 }, {}, 'title'],
    [
      'the title, other authors',
      { authors: ['Ann Lee'], year: 2020 },
      { authors: ['Bo Kim'], year: 2020 },
      undefined,
    ],
    [
      'the title, two years apart',
      { authors: ['Ann Lee'], year: 2020 },
      { authors: ['Ann Lee'], year: 2022 },
      undefined,
    ],
    [
      'a short title, one without authors',
      { title: 'Deep Learning', authors: ['Ann Lee'] },
      { title: 'Deep Learning' },
      undefined,
    ],
    [
      'a short title and an author',
      { title: 'Deep Learning', authors: ['Ann Lee'] },
      { title: 'Deep Learning', authors: ['Lee, Ann'] },
      'title',
    ],
    [
      'what every volume has',
      { title: 'Preface to the Eighth Volume' },
      { title: 'Preface to the Eighth Volume' },
      undefined,
    ],
    ['no title', { title: '', abstract: 'One.' }, { title: '', abstract: 'Two.' }, undefined],
    [
      'a given id and the title, years apart',
      { id: '1', year: 2001 },
      { id: '1', year: 2009, file: 'b' },
      'id',
    ],
    [
      'a given id, other titles',
      { id: '1' },
      { id: '1', title: 'A wholly different thing', file: 'b' },
      undefined,
    ],
    ['the title, under two given ids of one file', { id: '1' }, { id: '2' }, undefined],
    ['the title, under two given ids of two files', { id: '1' }, { id: '2', file: 'b' }, 'title'],
    [
      'the title, two arXiv ids',
      { externalIds: { arxiv: '2101.00001' } },
      { externalIds: { arxiv: '2101.00002' } },
      undefined,
    ],
    [
      'the title, submitted twice by the same',
      { authors: ['A Lee'], externalIds: { openreview: 'x' } },
      { authors: ['A Lee'], externalIds: { openreview: 'y' } },
      'title',
    ],
    [
      'the title, a preprint and its article',
      { externalIds: { arxiv: '2101.00001' } },
      { externalIds: { doi: '10.1000/x' } },
      'title',
    ],
  ])('with %s', async (_, a, b, by) => {
    expect(agreementOf(recordOf(a), recordOf(b))?.by).toBe(by);
    expect(agreementOf(recordOf(b), recordOf(a))?.by).toBe(by);
    expect(await groupsOf(a, b)).toHaveLength(by === undefined ? 2 : 1);
  });
});

const LECUN = ['Yann LeCun', 'Yoshua Bengio', 'Geoffrey Hinton'];

describe('two records of one title', () => {
  test.each<[string, Fields, Fields, boolean]>([
    [
      'two DOIs',
      { authors: LECUN, externalIds: { doi: '10.1038/a' } },
      { authors: LECUN, externalIds: { doi: '10.1038/b' } },
      false,
    ],
    [
      'two PubMed ids',
      { authors: LECUN, externalIds: { pmid: '12' } },
      { authors: LECUN, externalIds: { pmid: '13' } },
      false,
    ],
    [
      'two OpenReview ids',
      { authors: LECUN, externalIds: { openreview: 'aaaa' } },
      { authors: LECUN, externalIds: { openreview: 'bbbb' } },
      true,
    ],
    [
      'a preprint of bioRxiv and its article',
      { authors: LECUN, year: 2020, externalIds: { doi: '10.1101/2020.01.30.927871', s2: '1' } },
      { authors: LECUN, year: 2021, externalIds: { doi: '10.1038/b', s2: '2' } },
      true,
    ],
    [
      'a preprint and an article by one of three',
      { authors: LECUN, externalIds: { arxiv: '2101.00001' } },
      { authors: ['Yann LeCun', 'Ann Lee', 'Bo Kim', 'Cy Ito'], externalIds: { doi: '10.1038/b' } },
      false,
    ],
    [
      'a preprint and an article four years later',
      { authors: LECUN, year: 2016, externalIds: { arxiv: '1601.00001' } },
      { authors: LECUN, year: 2020, externalIds: { doi: '10.1038/b' } },
      true,
    ],
    [
      'a preprint and an article five years later',
      { authors: LECUN, year: 2016, externalIds: { arxiv: '1601.00001' } },
      { authors: LECUN, year: 2021, externalIds: { doi: '10.1038/b' } },
      false,
    ],
    [
      'two preprints of one server',
      { authors: LECUN, externalIds: { doi: '10.1101/2020.01.30.927871' } },
      { authors: LECUN, externalIds: { doi: '10.1101/2020.01.31.111111' } },
      false,
    ],
    [
      'two versions of one preprint',
      { authors: LECUN, externalIds: { doi: '10.21203/rs.3.rs-100/v1' } },
      { authors: LECUN, externalIds: { doi: '10.21203/rs.3.rs-100/v2' } },
      true,
    ],
    [
      'initials that differ',
      { authors: ['Li Chen', 'Y. Wang'] },
      { authors: ['Q. Zhang', 'X. Wang'] },
      false,
    ],
    ['family names first', { authors: ['Chen, Li', 'Wang, Ying'] }, { authors: ['Chen Li', 'Wang Y'] }, true],
    ['another order of authors', { authors: LECUN }, { authors: LECUN.toReversed() }, true],
    [
      'umlauts and their transliterations',
      { authors: ['Jörg Müller', 'Søren Ærø'] },
      { authors: ['Mueller, Joerg', 'Aero, S.'] },
      true,
    ],
    [
      'an indexed title and LaTeX',
      { title: 'Reduction of CO$_2$ over \\alpha-Iron', authors: LECUN },
      { title: 'Reduction of CO2 over α-Iron', authors: LECUN },
      true,
    ],
    [
      'an ampersand',
      { title: 'Search & Rescue of Lost Papers', authors: LECUN },
      { title: 'Search and Rescue of Lost Papers', authors: LECUN },
      true,
    ],
    [
      'a short title and one common author',
      { title: 'Deep Learning', authors: LECUN, year: 2015 },
      { title: 'Deep learning', authors: ['Ian Goodfellow', 'Yoshua Bengio', 'Aaron Courville'], year: 2016 },
      false,
    ],
    [
      'an editorial by the same in one year',
      { title: 'Editorial', authors: ['Edna Itor'], year: 2020, abstract: 'Five papers on soil.' },
      { title: 'Editorial', authors: ['Edna Itor'], year: 2020, abstract: 'We thank all reviewers.' },
      false,
    ],
    [
      'an editorial with one abstract',
      { title: 'Editorial', authors: ['Edna Itor'], year: 2020, abstract: 'Five papers on soil.' },
      { title: 'Editorial', authors: ['E. Itor'], year: 2020, abstract: 'Five papers on soil.' },
      true,
    ],
    [
      'no authors and other abstracts',
      { abstract: 'We count the worms of all gardens in the north of Norway.' },
      { abstract: 'Grass of the Pampas burns, and cattle flee from its flames.' },
      false,
    ],
    [
      'a list cut off after its first author',
      { title: 'Attention Is All You Need Today', authors: ['A. Vaswani'] },
      {
        title: 'Attention is all you need today',
        authors: ['Ashish Vaswani', 'Noam Shazeer', 'Niki Parmar'],
      },
      true,
    ],
    [
      'scripts with vowels as marks',
      { title: 'किताब और कलम का इतिहास' },
      { title: 'कुतुब और कलम का इतिहास' },
      false,
    ],
  ])('are of one paper or not: %s', async (_, a, b, isOne) => {
    const records = [
      { ...a, file: 'a.bib' },
      { ...b, file: 'b.bib' },
    ];
    expect(await groupsOf(...records)).toHaveLength(isOne ? 1 : 2);
    expect(await groupsOf(...records.toReversed())).toHaveLength(isOne ? 1 : 2);
  });
});

describe('records of one DOI', () => {
  const doi = { doi: '10.1201/b14859' };
  test.each<[string, Fields, Fields, boolean]>([
    [
      'chapters of one author',
      { title: 'Soil of worms', authors: ['Jane Doe'] },
      { title: 'Skin of frogs', authors: ['Jane Doe', 'Anna Berg'] },
      false,
    ],
    [
      'numbered parts',
      { title: 'The worms of Norway, part 1', authors: ['Jane Doe'] },
      { title: 'The worms of Norway, part 2', authors: ['Jane Doe'] },
      false,
    ],
    [
      'introductions to two parts',
      { title: 'Introduction', authors: ['Jane Doe'], abstract: 'Of soil.' },
      { title: 'Introduction', authors: ['Jane Doe'], abstract: 'About all frogs.' },
      false,
    ],
    [
      'a subtitle left out',
      { title: 'The worms of Norway', authors: ['Jane Doe'] },
      { title: 'The worms of Norway: a review', authors: ['Jane Doe'] },
      true,
    ],
    [
      'another title, the same abstract',
      { title: 'Les vers', abstract: 'We count worms.' },
      { title: 'The worms', abstract: 'We count worms.' },
      true,
    ],
    ['an abstract without title', { title: '', abstract: 'We count worms.' }, { title: 'The worms' }, true],
  ])('are of one paper or not: %s', async (_, a, b, isOne) => {
    expect(await groupsOf({ ...a, externalIds: doi }, { ...b, externalIds: doi })).toHaveLength(
      isOne ? 1 : 2,
    );
  });
});

describe('decisions', () => {
  test('join what is apart and part what is one', async () => {
    const records = [
      { authors: ['Ann Lee'] },
      { authors: ['Ann Lee'], file: 'b' },
      { authors: ['Bo Kim'], file: 'c' },
    ].map(recordOf);
    expect([...(await groupRecords(records, { together: [[0, 2]], apart: [[0, 1]] }))]).toEqual([
      [0, 2],
      [1],
    ]);
  });
});

describe('several records', () => {
  test('a record without ids that fits two papers is of neither', async () => {
    const of = (doi?: string) => ({ authors: ['Ann Lee'], year: 2020, externalIds: { doi } });
    expect(await groupsOf(of('10.1000/x'), of('10.1000/y'), of())).toHaveLength(3);
    const dated = [{ ...of('10.1000/x'), year: 2019 }, of('10.1000/y'), of()];
    expect(await groupsOf(...dated)).toEqual([[0], [1, 2]]);
  });

  test('go together over a third that has the ids of both', async () => {
    const arxiv = { title: 'Draft', externalIds: { arxiv: '2101.00001' } };
    const article = { title: 'Article', externalIds: { doi: '10.1000/x' } };
    expect(await groupsOf(arxiv, article)).toHaveLength(2);
    const both = { title: 'Article', externalIds: { arxiv: '2101.00001', doi: '10.1000/x' } };
    expect(await groupsOf(arxiv, article, both)).toHaveLength(1);
  });

  test('of two papers of one title: one without authors joins neither', async () => {
    const groups = await groupsOf({ authors: ['Ann Lee'] }, { authors: ['Bo Kim'] }, {});
    expect(groups).toEqual([[0], [1], [2]]);
  });

  test('a chain of authors does not join records that share none', async () => {
    expect(
      await groupsOf({ authors: ['Ann Lee'] }, { authors: ['Ann Lee', 'Bo Kim'] }, { authors: ['Bo Kim'] }),
    ).toHaveLength(2);
  });

  test('preprint, proceedings and journal of three years are one', async () => {
    const of = (year: number) => ({ year, authors: ['Ann Lee'] });
    expect(await groupsOf(of(2021), of(2019), of(2020))).toHaveLength(1);
  });

  test('chapters under the DOI of their book stay apart', async () => {
    const chapter = (title: string, author: string) => ({
      title,
      authors: [author],
      externalIds: { doi: '10.1000/book' },
    });
    expect(
      await groupsOf(chapter('One', 'A Lee'), chapter('Two', 'B Kim'), chapter('Three', 'C Ito')),
    ).toHaveLength(3);
  });

  test('in any order give the same groups', async () => {
    const record = fc.record({
      title: fc.constantFrom(TITLE, 'Deep Learning', 'A Second Longer Title', ''),
      abstract: fc.constant('Text.'),
      authors: fc.subarray(['Ann Lee', 'Bo Kim', 'Cy Ito'], { maxLength: 2 }),
      year: fc.constantFrom(undefined, 2019, 2020, 2021, 2022),
      id: fc.constantFrom(undefined, undefined, '1', '2'),
      externalIds: fc.record({
        doi: fc.constantFrom(undefined, undefined, '10.1000/x', '10.1000/y'),
        arxiv: fc.constantFrom(undefined, undefined, undefined, '2101.10001v1', '2101.20002'),
      }),
    });
    // Each record has its own file, because file names break ties.
    const records = fc
      .array(record, { maxLength: 12 })
      .map((list) => list.map((fields, n) => ({ ...fields, file: `${n}.bib`, n })));
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const named = async (list: (Fields & { n: number })[]) =>
      Array.from(await groupRecords(list.map(recordOf)), (group) =>
        group
          .map((place) => list[place]!.n)
          .sort((a, b) => a - b)
          .join(),
      ).sort();
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, other]) => {
        expect(await named(other)).toEqual(await named(list));
      }),
    );
  });

  test('put every record in one group', async () => {
    const groups = await groupsOf({}, { title: '' }, { authors: ['A Lee'] }, { title: 'Preface' });
    expect(groups.flat().sort()).toEqual([0, 1, 2, 3]);
  });

  test('of one title by the thousand take no time in their square', async () => {
    const records = Array.from({ length: 5_000 }, (_, n) => recordOf({ id: `${n}` }));
    expect(await groupRecords(records)).toHaveLength(5_000);
    const repeated = Array.from({ length: 5_000 }, (_, n) =>
      recordOf({ file: `${n}.bib`, authors: ['A Lee'] }),
    );
    expect(await groupRecords(repeated)).toHaveLength(1);
  });
});

test('two titles with one hash are two titles', async () => {
  const [a, b] = ['Grass: old, soft, old, wet', 'Grass: cold, thin, short, small'];
  const authors = ['Ada Lovelace'];
  expect(recordOf({ title: a }).titleHash).toBe(recordOf({ title: b }).titleHash);
  const files = ['a.bib', 'b.bib', 'c.bib', 'd.bib'];
  const records = files.map((file, n) => ({ file, authors, title: n % 2 === 0 ? a : b }));
  expect(await groupsOf(...records)).toEqual([
    [0, 2],
    [1, 3],
  ]);
});
