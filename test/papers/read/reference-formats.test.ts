import { describe, expect, test } from 'vitest';
import { readFixture } from '../../support/fixtures.ts';

/** What is read of the papers of each fixture, in their order. */
const EXPECTED: Readonly<Record<string, readonly object[]>> = {
  'worms.nbib': [
    {
      title: 'The size of worm cells: a study in two parts',
      abstract: 'AIM: Worm cells differ in size, and we show why.',
      authors: ['Jane Q Doe', 'Sam van der Meer', 'Worm Consortium'],
      venue: 'Worm cell',
      date: '2013-09-12',
      keywords: ['Animals', 'Cell Size', 'worms'],
      externalIds: { doi: '10.1000/nbib.1' },
      status: { kind: 'retracted', source: 'PubMed' },
    },
    { title: 'No abstract of worms', authors: ['A. B. Berg'], year: 2014 },
  ],
  'pubmed.xml': [
    {
      title: 'Worm cells and CO2',
      abstract: 'AIM: Why worms breathe.\n\nRESULTS: They do.',
      authors: ['Jane Q Doe', 'Worm Consortium'],
      venue: 'Worm cell',
      date: '2013-09-02',
      keywords: ['Animals', 'worms'],
      externalIds: { doi: '10.1000/pubmed.1' },
      status: { kind: 'retracted', reason: 'Worm Cell. 2015;1:2', source: 'PubMed' },
    },
    { title: 'Worms in translation', year: 2000, date: '2000-11' },
  ],
  'endnote.xml': [
    {
      title: 'EndNote worms',
      abstract: 'Worms in a library.',
      authors: ['Jane Doe', 'Björn Åsen'],
      venue: 'Journal of Worms',
      date: '2020-03-07',
      keywords: ['worms', 'soil'],
      urls: { landing: 'https://x.example/worms', pdf: undefined },
      externalIds: { doi: '10.1000/enx' },
    },
  ],
  'google.enw': [
    {
      title: 'EndNote tagged worms',
      abstract: 'Worms with a percent sign, 100 % of them.',
      authors: ['Jane Doe', 'Björn Åsen'],
      venue: 'J Worms',
      date: '2020-03-07',
      keywords: ['worms', 'soil'],
      externalIds: { doi: '10.1000/enw' },
    },
    { title: 'Worms at a meeting', authors: ['Worm Consortium'], venue: 'Proceedings of Worms', year: 2019 },
  ],
  'savedrecs.txt': [
    {
      title: 'Worms in soil and water',
      abstract: 'Worms live in soil. They live in water, too.',
      authors: ['Jane Doe', 'Sam van der Meer'],
      venue: 'JOURNAL OF SOIL',
      date: '2020-09-12',
      keywords: ['worms', 'soil', 'water', 'GROWTH'],
      categories: ['Soil Science', 'Zoology'],
      externalIds: { doi: '10.1000/wos.1' },
      status: { kind: 'retracted', source: 'Web of Science' },
    },
    { title: 'Worms at a meeting', authors: ['A Berg'], venue: 'PROCEEDINGS OF WORMS' },
  ],
  'refworks.txt': [
    {
      title: 'RefWorks worms',
      abstract: 'Worms that were referenced.',
      authors: ['Jane Doe', 'Sam van der Meer'],
      venue: 'Journal of Worms',
      year: 2020,
      keywords: ['worms', 'soil'],
      externalIds: { doi: '10.1000/rw' },
    },
    { title: 'A chapter of worms', venue: 'The book of worms', year: 2019 },
  ],
  'ovid.txt': [
    {
      title: 'Worms by Ovid',
      abstract: 'Ovid has worms, and many of them.',
      authors: ['J. Doe', 'S. van der Meer'],
      venue: 'Journal of Worms',
      date: '2013-09',
      externalIds: { doi: '10.1000/ovid' },
    },
    { title: 'More worms by Ovid', authors: ['A. Berg'], year: 2014 },
  ],
  'worms.mods': [
    {
      title: 'The Worms of MODS: A Study',
      abstract: 'Worms are described.',
      authors: ['Jane Doe', 'Anna Berg'],
      venue: 'Proceedings of Worms',
      date: '2020-07',
      keywords: ['worms'],
      externalIds: { doi: '10.1000/mods', acl: '2020.worm-1.1' },
    },
  ],
  'zotero.rdf': [
    {
      title: 'Worms of RDF',
      abstract: 'Worms are described.',
      authors: ['Jane Doe'],
      venue: 'Journal of Worms',
      date: '2020-03-07',
      externalIds: { doi: '10.1000/rdf', arxiv: '2003.00001' },
    },
    {
      title: 'Worms at a meeting',
      authors: ['Anna Berg'],
      venue: 'Proceedings of Worms',
      externalIds: { doi: '10.1000/rdf2' },
    },
  ],
  'dblp.xml': [
    {
      title: 'Worms in DBLP XML',
      authors: ['Jürgen Doe', 'Anna Berg'],
      venue: 'J. Worms',
      year: 2020,
      externalIds: { doi: '10.1000/dblp.1' },
    },
    { title: 'Worms withdrawn', status: { kind: 'withdrawn' }, externalIds: { arxiv: '2001.00001' } },
    { title: 'Worms at a meeting', venue: 'WORM', year: 2019 },
  ],
  'article.nxml': [
    {
      title: 'Worms in JATS: a study',
      abstract: 'Aim\n\nWhy worms.\n\nResults\n\nThey are.',
      authors: ['Jane Doe Jr', 'Worm Consortium'],
      venue: 'Worm cell',
      date: '2020-03-07',
      keywords: ['worms', 'cells'],
      externalIds: { doi: '10.1000/jats.1' },
    },
  ],
  'arxiv.rss': [
    {
      title: 'RSS worms',
      abstract: 'Worms by feed, where x < y.',
      authors: ['Jane Doe', 'Anna Berg'],
      date: '2024-01-01',
      categories: ['cs.CL', 'cs.AI'],
      externalIds: { arxiv: '2401.00003' },
    },
    {
      title: 'Older worms',
      abstract: 'Worms of an older feed.',
      authors: ['Jane Doe', 'Anna Berg'],
      externalIds: { arxiv: '2101.00001' },
    },
  ],
  'unixref.xml': [
    {
      title: 'Worms of Crossref: A study',
      abstract: 'Worms were deposited.',
      authors: ['Jane Doe', 'Worm Consortium'],
      venue: 'Journal of Worms',
      date: '2020-03-07',
      urls: { landing: 'https://x.example/unixref' },
      externalIds: { doi: '10.1000/unixref.1' },
    },
    {
      title: 'Worms at a meeting',
      venue: 'Proceedings of Worms',
      year: 2019,
      externalIds: { doi: '10.1000/unixref.2' },
    },
  ],
  'dublin-core.xml': [
    {
      title: 'Worms of Dublin',
      abstract: 'Worms in fifteen elements.',
      authors: ['Jane Doe'],
      date: '2020-03-07',
      externalIds: { doi: '10.1000/dc.1' },
    },
  ],
  'datacite.json': [
    {
      title: 'Worms of DataCite: a data set',
      abstract: 'Worms as data.',
      authors: ['Jane Doe', 'Worm Consortium'],
      venue: 'Worm Archive',
      date: '2020-03-07',
      keywords: ['worms'],
      externalIds: { doi: '10.1000/dcite' },
    },
    { title: 'Worms of arXiv', venue: 'arXiv', externalIds: { arxiv: '2001.00001' } },
  ],
  'europepmc.json': [
    {
      title: 'Worms of Europe',
      abstract: 'Aim\n\nWorms in Europe.',
      authors: ['Jane Doe', 'Worm Consortium'],
      venue: 'Worm cell',
      date: '2020-03-07',
      keywords: ['worms'],
      externalIds: { doi: '10.1000/epmc.1' },
      status: { kind: 'retracted', source: 'Europe PMC' },
    },
    {
      title: 'Worms without an abstract',
      authors: ['J. Doe', 'S. van der Meer'],
      venue: 'Worm Cell',
      year: 2019,
    },
  ],
  'biorxiv.json': [
    {
      title: 'Worms before print',
      abstract: 'Worms are early.',
      authors: ['J. Doe', 'S. van der Meer'],
      venue: 'bioRxiv',
      date: '2020-03-07',
      categories: ['zoology'],
      externalIds: { doi: '10.1101/2020.03.07.000001' },
      status: undefined,
    },
    { title: 'Worms taken back', venue: 'medRxiv', status: { kind: 'withdrawn' } },
  ],
  'inspire.json': [
    {
      title: 'Worms at high energy',
      abstract: 'Worms collide.',
      authors: ['Jane Doe'],
      venue: 'Phys.Worm.',
      date: '2020-03-07',
      categories: ['hep-ph'],
      externalIds: { doi: '10.1000/inspire', arxiv: '2003.00002' },
    },
  ],
  'zotero-items.json': [
    {
      title: 'Worms of Zotero',
      abstract: 'Worms in a library.',
      authors: ['Jane Doe', 'Worm Consortium'],
      venue: 'Journal of Worms',
      date: '2020-03-07',
      keywords: ['worms', 'soil'],
      externalIds: { doi: '10.1000/zot', arxiv: '2003.00003' },
    },
  ],
  'daily_papers.json': [
    {
      title: 'Worms of the day',
      abstract: 'Worms, daily.',
      authors: ['Jane Doe'],
      date: '2024-01-01',
      externalIds: { arxiv: '2401.00004' },
    },
  ],
  'arxiv-mailing.txt': [
    {
      title: 'Worms by mail, and the rest of the title',
      abstract: 'Worms come in the morning, and leave at night.',
      authors: ['Jane Doe', 'Anna Berg'],
      date: '2024-01-08',
      categories: ['cs.CL', 'cs.AI'],
      externalIds: { doi: '10.1000/mail', arxiv: '2401.00005' },
      status: { kind: 'withdrawn', source: 'arXiv' },
    },
    { title: 'More worms by mail', abstract: 'There are more.', authors: ['Anna Berg'] },
  ],
  'cvf.html': [
    { title: 'Worms in Pictures', authors: ['Jane Doe', 'Anna Berg'], date: '2031-06' },
    { title: 'More Worms in Pictures', venue: 'CVPR', year: 2031 },
  ],
  'paper-page.html': [
    {
      title: 'Worms on a Page & More',
      abstract: 'Worms have a page.',
      authors: ['Jane Doe', 'Anna Berg'],
      venue: 'Advances in Worms',
      date: '2031-03-07',
      urls: { pdf: 'https://x.example/worms.pdf' },
      externalIds: { doi: '10.1000/page' },
    },
  ],
};

/** Records of the fixtures that hold no paper, with the line of each. */
const REJECTED: Readonly<Record<string, readonly number[]>> = { 'worms.nbib': [42], 'unixref.xml': [4] };

describe('reading', () => {
  test.each(Object.entries(EXPECTED))('%s gives its papers', async (name, expected) => {
    const { papers, rejected, warnings } = await readFixture(name);
    expect(papers).toHaveLength(expected.length);
    expect(papers).toMatchObject(expected);
    expect(rejected.map(({ line }) => line)).toEqual(REJECTED[name] ?? []);
    expect(warnings).toEqual([]);
  });
});
