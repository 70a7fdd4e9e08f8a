import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName } from '../../../src/papers/names.ts';
import { aclAnthologyReader } from '../../../src/papers/read/acl-anthology.ts';
import { arxivAtomReader } from '../../../src/papers/read/arxiv-xml.ts';
import type { RawPaper } from '../../../src/papers/read/reader.ts';
import { readFixture } from '../../support/fixtures.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** Lines of text that XML can hold, without what TeX gives a meaning. */
/** A paper with the names of its authors as they are shown. */
const shown = ({ authors, ...paper }: RawPaper) => ({
  ...paper,
  authors: authors.map((name) => (typeof name === 'string' ? name : displayName(name))),
});
const line = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.trim() !== '' && !/[\\\p{Cc}]/u.test(text))
  .map((text) => text.trim());

describe('ACL Anthology', () => {
  test('a volume of 2031', async () => {
    const { papers, rejected, warnings } = await readFixture('2031.toy.xml');
    expect(papers[0]).toMatchObject({
      title: 'Parsing LFG Tree Banks in $O(n^3)$',
      abstract: 'We parse trees & banks, in $O(n^3)$ time; no others do, as far as we know.',
      authors: ['Ada Vogel', 'Mononym'],
      venue: 'TOY, WS',
      year: 2031,
      urls: { pdf: 'https://aclanthology.org/2031.toy-main.1.pdf' },
      externalIds: { acl: '2031.toy-main.1', doi: '10.1000/toy.1' },
    });
    expect(papers.slice(1)).toMatchObject([
      { title: 'An Abstract That Is a Date', abstract: '', externalIds: { acl: '2031.toy-main.2' } },
      { title: 'Never & Escaped, n < 2 &nosuch;' },
      { title: 'Crossed tags' },
      { title: 'Cafés', externalIds: { acl: '2031.toy-main.5' } },
    ]);
    expect(rejected).toMatchObject([
      { line: 38, field: 'title' },
      { line: 40, reason: expect.stringContaining('next one') },
    ]);
    expect(warnings).toMatchObject([
      { line: 29, field: 'abstract', reason: expect.stringContaining('February') },
    ]);
  });

  test.each([
    ['P19', '1', '5', 'P19-1005'],
    ['W19', '1', '5', 'W19-0105'],
    ['C69', '2', '1', 'C69-0201'],
    ['D19', '4', '12', 'D19-4012'],
    ['D19', '55', '1', 'D19-5501'],
    ['2020.acl', 'main', '7', '2020.acl-main.7'],
  ])('collection %s, volume %s, paper %s is %s', async (collection, volume, paper, id) => {
    const xml = `<collection id="${collection}"><volume id="${volume}"><paper id="${paper}"><title>T</title></paper></volume></collection>`;
    expect(papersOf(await readAll(aclAnthologyReader, xml))[0]?.externalIds?.acl).toBe(id);
  });

  test('what one volume says does not hold for the next', async () => {
    const volume = (meta: string) =>
      `<volume id="1"><meta>${meta}</meta><paper id="1"><title>T</title></paper></volume>`;
    const xml = `<collection id="P19">${volume('<year>2019</year><venue>acl</venue>')}${volume('')}</collection>`;
    const papers = papersOf(await readAll(aclAnthologyReader, xml));
    expect(papers.map(({ year, venue }) => [year, venue])).toEqual([
      [2019, 'ACL'],
      [undefined, undefined],
    ]);
  });

  test('any papers, written and read back', async () => {
    const paper = fc.record({ title: line, authors: fc.array(line), filler: line });
    await fc.assert(
      fc.asyncProperty(fc.array(paper), async (papers) => {
        const abstractOf = (filler: string) => `An abstract that is long enough: ${filler} ${filler}`.trim();
        const xml = papers.map(({ title, authors, filler }, i) => {
          const people = authors.map((name) => `<author><last>${escaped(name)}</last></author>`).join('');
          return `<paper id="${i}"><title>${escaped(title)}</title>${people}<abstract>${escaped(abstractOf(filler).padEnd(60, '.'))}</abstract></paper>`;
        });
        const items = await readAll(
          aclAnthologyReader,
          `<collection id="a"><volume id="1">${xml.join('\n')}</volume></collection>`,
        );
        expect(noticesOf(items, 'rejected')).toEqual([]);
        expect(papersOf(items).map(shown)).toMatchObject(
          papers.map(({ title, authors, filler }) => ({
            title,
            authors,
            abstract: abstractOf(filler).padEnd(60, '.'),
          })),
        );
      }),
    );
  });
});

describe('arXiv', () => {
  test('an Atom feed', async () => {
    const { papers, rejected } = await readFixture('arxiv-query.atom');
    expect(papers).toMatchObject([
      {
        title: 'Counting Sheep Fast & Well',
        abstract: 'We count sheep in $O(1)$ where 0 < n.',
        authors: ['Ada Vogel', 'Björn Åsen'],
        venue: 'J. Sheep 1 (2021)',
        year: 2021,
        date: '2021-01-11',
        categories: ['cs.DS', 'cs.MS'],
        urls: { pdf: 'http://arxiv.org/pdf/2101.11408v2' },
        externalIds: { arxiv: '2101.11408', doi: '10.1000/sheep' },
      },
    ]);
    expect(rejected).toMatchObject([{ line: 27, reason: expect.stringContaining('incorrect id') }]);
  });

  test('OAI-PMH: arXiv, arXivRaw, Dublin Core', async () => {
    const { papers, rejected } = await readFixture('oai-arxiv.xml');
    expect(papers).toMatchObject([
      {
        title: 'Strings, Old',
        authors: ['Wojciech Muła Jr', 'Collaboration'],
        date: '1999-01-01',
        categories: ['hep-th', 'gr-qc'],
        externalIds: { arxiv: 'hep-th/9901001', doi: '10.1000/str' },
      },
      { title: 'Raw', authors: ['Ada Vogel', 'Björn Åsen'], date: '2007-03-31' },
      {
        title: 'Dublin',
        abstract: 'A core of Dublin.',
        authors: ['Ada Vogel', 'The Core'],
        externalIds: { arxiv: '0704.0003', doi: '10.1000/dub.1' },
      },
    ]);
    expect(rejected.map(({ record, field }) => [record, field])).toEqual([
      [2, 'header'],
      [5, 'metadata'],
    ]);
  });

  test('any papers, written as Atom and read back', async () => {
    const paper = fc.record({ title: line, abstract: line, authors: fc.array(line) });
    await fc.assert(
      fc.asyncProperty(fc.array(paper), async (papers) => {
        const entries = papers.map(
          ({ title, abstract, authors }, i) =>
            `<entry><id>http://arxiv.org/abs/2101.${10_000 + i}v1</id><title>${escaped(title)}</title><summary>${escaped(abstract)}</summary>${authors
              .map((name) => `<author><name>${escaped(name)}</name></author>`)
              .join('')}</entry>`,
        );
        const items = await readAll(arxivAtomReader, `<feed>${entries.join('')}</feed>`);
        expect(papersOf(items).map(shown)).toMatchObject(papers);
      }),
    );
  });
});
