import { expect, test } from 'vitest';
import type { Notice } from '../../../src/papers/read/reader.ts';
import { readFixture } from '../../support/fixtures.ts';

/** Where and about which field a notice is. */
const places = (notices: readonly Notice[]) =>
  notices.map(({ line, record, field }) => [line, record, field]);

test('conference list', async () => {
  const { papers, rejected, warnings } = await readFixture('iclr2031.json');
  expect(papers[0]).toEqual({
    id: 'openreview:aBc-12_xYz',
    title: 'Counting Sheep with Sparse Attention',
    abstract: 'We count sheep.\n\nThen we sleep; nobody is harmed.',
    tldr: 'Sheep, counted.',
    authors: ['Ada Vogel', 'Björn Åsen', 'A. J. Perlis'],
    authorNames: [
      { family: 'Vogel', given: 'Ada' },
      { family: 'Åsen', given: 'Björn' },
      { family: 'Perlis', given: 'A. J.' },
    ],
    venue: 'ICLR',
    year: 2031,
    date: undefined,
    keywords: ['sheep', 'sparse attention', 'sleep'],
    categories: ['applications to animals', 'main'],
    acceptance: 'oral',
    urls: {
      landing: 'https://openreview.net/forum?id=aBc-12_xYz',
      pdf: 'https://openreview.net/pdf?id=aBc-12_xYz',
      code: 'https://github.com/vogel/sheep',
    },
    externalIds: { openreview: 'aBc-12_xYz' },
    session: undefined,
    source: { file: expect.stringContaining('iclr2031.json'), format: 'conference-list', record: 1 },
  });
  expect(papers[1]).toMatchObject({ title: 'An Empty Review', authors: [], keywords: [], abstract: '' });
  expect(papers[2]).toMatchObject({ authors: ['Cleo Ray', 'Dan Poe'] });
  // Scores and e-mail addresses are nowhere.
  expect(JSON.stringify(papers)).not.toMatch(/example\.org|4;5;5|4\.67/);
  expect(places(rejected)).toEqual([[45, 4, 'title']]);
  expect(places(warnings)).toEqual([
    [23, 2, 'pdf'],
    [36, 3, 'code'],
  ]);
});

test('OpenReview, version 2', async () => {
  const { papers, rejected, warnings } = await readFixture('openreview-v2.json');
  expect(papers).toMatchObject([
    {
      id: 'openreview:N1',
      title: 'Tides in $\\mathbb{R}^n$',
      abstract: 'Tides rise.\n\nTides fall: {they} do.',
      tldr: 'Water.',
      authors: ['Ida Moor', 'Jon "JJ" Quist'],
      venue: 'ICLR',
      venueAsGiven: 'ICLR 2025',
      acceptance: 'oral',
      year: 2025,
      date: '2025-01-22',
      keywords: ['tides', 'geometry'],
      categories: ['learning theory'],
      urls: {
        landing: 'https://openreview.net/forum?id=N1',
        pdf: 'https://openreview.net/pdf/abc.pdf',
      },
    },
    { title: 'Desk Matters', venue: 'ICLR', acceptance: 'reject', abstract: '', year: 2025 },
  ]);
  expect(rejected).toMatchObject([{ record: 2, field: 'forum', reason: expect.stringContaining('reply') }]);
  expect(places(warnings)).toEqual([
    [3, 3, 'cdate'],
    [3, 3, 'content.abstract'],
  ]);
});

test('OpenReview, version 1', async () => {
  const { papers, rejected } = await readFixture('openreview-v1.json');
  expect(papers).toMatchObject([
    { title: 'Older Notes', authors: ['Kim Ode'], venue: 'ICLR', year: 2018, date: '2017-10-27' },
  ]);
  expect(places(rejected)).toEqual([[25, 2, 'forum']]);
});

test('Semantic Scholar, Graph API', async () => {
  const { papers, rejected } = await readFixture('s2-graph.json');
  expect(papers).toMatchObject([
    {
      title: 'Graphs of Graphs',
      abstract: 'A graph has graphs.',
      authors: ['G. Raph', 'N. Ode'],
      venue: 'Journal of Graphs',
      year: 2031,
      date: '2031-02-03',
      categories: ['Computer Science', 'Mathematics'],
      urls: { pdf: 'https://example.org/g.pdf' },
      externalIds: { doi: '10.1000/graph.1', arxiv: '2101.11408', s2: '231709433' },
    },
    { id: 's2:00000000000000000000000000000000000000ff', title: 'No Abstract Here', abstract: '' },
  ]);
  // What a batch request does not find is null.
  expect(places(rejected)).toEqual([[4, 3, undefined]]);
});

test('Semantic Scholar, bulk: papers and abstracts carry the same id', async () => {
  const { papers, rejected, warnings } = await readFixture('s2-papers.jsonl');
  expect(papers).toMatchObject([
    { title: 'Bulk Goods', authors: ['B. Ulk'], venue: 'arXiv', externalIds: { s2: '77' } },
    { title: 'Goods, "Bulk"', externalIds: { s2: '78' } },
  ]);
  expect(places(rejected)).toEqual([[3, undefined, 'title']]);
  expect(places(warnings)).toEqual([
    [2, undefined, 'authors'],
    [2, undefined, 'year'],
  ]);
  const abstracts = await readFixture('s2-abstracts.jsonl');
  expect(abstracts.papers).toMatchObject([
    { title: '', abstract: 'Goods come in bulk.', externalIds: { s2: '77', acl: '2031.acl-long.5' } },
  ]);
});

test('OpenAlex', async () => {
  const { papers, warnings } = await readFixture('openalex.json');
  expect(papers).toMatchObject([
    {
      title: 'Despite E. coli & Friends',
      abstract: 'Despite growing in numbers, friends in need.',
      authors: ['Émile Borel', 'R. Raw'],
      venue: 'Journal of Friends',
      year: 2031,
      date: '2031-05-06',
      keywords: ['Bacteria'],
      categories: ['Microbial Life'],
      urls: { pdf: 'https://example.org/oa.pdf' },
      externalIds: { doi: '10.1000/oa.1' },
    },
    { title: 'No Abstract Given', abstract: '', year: 1999 },
    { title: 'Odd Types' },
  ]);
  expect(places(warnings)).toEqual([
    [4, 3, 'abstract_inverted_index'],
    [4, 3, 'authorships'],
    [4, 3, 'publication_year'],
  ]);
});

test('Crossref', async () => {
  const { papers, rejected } = await readFixture('crossref.json');
  expect(papers).toMatchObject([
    {
      title: 'Sub2strates & Sups',
      abstract: 'Aim\n\nIf x < y, then H2O.\n\nThe end.',
      authors: ['Zoë Kravitz-Nought', 'The Sup Group'],
      venue: 'Annals of Sups',
      year: 2030,
      date: '2030-12',
      categories: ['Chemistry'],
      urls: { pdf: 'https://example.org/x.pdf' },
      externalIds: { doi: '10.1000/xr.1' },
    },
    { title: 'Undated', authors: ['Solo'] },
  ]);
  expect(papers[1]?.year).toBeUndefined();
  expect(places(rejected)).toEqual([[1, 3, 'title']]);
});

test('CSL-JSON', async () => {
  const { papers } = await readFixture('csl.json');
  expect(papers).toMatchObject([
    {
      title: 'Citing iPhones',
      authors: ['Vincent van Gogh', 'The List Group'],
      venue: 'Proceedings of Lists',
      year: 2031,
      date: '2031-07-09',
      keywords: ['lists', 'citations'],
      externalIds: { doi: '10.1000/csl.1' },
    },
    { title: 'Seasonal', authors: ['Cher'], year: 1998 },
  ]);
});

test('the arXiv snapshot', async () => {
  const { papers, rejected, warnings } = await readFixture('arxiv-snapshot.jsonl');
  expect(papers).toMatchObject([
    {
      title: 'Fast Strings in a Étude',
      abstract: 'We parse numbers fast, by $100\\%$ of $O(n)$.\n\nA second paragraph.',
      authors: ['Dan X', 'Wojciech Muła Jr', 'Alıhan Hüyük'],
      venue: 'Softw. Pract. 51 (2021)',
      year: 2021,
      date: '2021-01-11',
      categories: ['cs.DS', 'cs.MS'],
      urls: { pdf: 'https://arxiv.org/pdf/2101.11408' },
      externalIds: { arxiv: '2101.11408', doi: '10.1002/spe.1' },
    },
    {
      title: 'Old ids',
      authors: ['O. Ld', 'P. José', 'Q. Štěpán'],
      date: '2009-11-30',
      externalIds: { arxiv: 'hep-th/9901001' },
    },
    { title: 'An id that lost its zeros' },
  ]);
  expect(places(rejected)).toEqual([[4, undefined, undefined]]);
  expect(places(warnings)).toEqual([
    [3, undefined, 'categories'],
    [3, undefined, 'arxiv'],
  ]);
});
