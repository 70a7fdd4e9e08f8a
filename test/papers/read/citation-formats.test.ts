import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bibtexReader } from '../../../src/papers/read/bibtex/reader.ts';
import { delimitedReader } from '../../../src/papers/read/delimited/reader.ts';
import { risReader } from '../../../src/papers/read/ris/reader.ts';
import { readFixture } from '../../support/fixtures.ts';
import { noticesOf, papersOf, readAll, shownPapersOf } from '../../support/lines.ts';

/** A line of text without white space around it. */
const line = (pattern: RegExp) =>
  fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => text.replace(/\s+/gu, ' ').trim())
    .filter((text) => pattern.test(text) && !/\p{Cc}/u.test(text));
const name = fc.stringMatching(/^[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}$/);

describe('BibTeX', () => {
  test('a library with its traps', async () => {
    const { papers, rejected } = await readFixture('library.bib');
    expect(papers).toMatchObject([
      {
        title: 'Parsing LFG Trees: Études in $O(n^{2})$',
        abstract: 'We parse 5% of trees – “fast”.\n\nA second paragraph.',
        authors: ['Ada Vogel', 'The GPT Group', 'Alı Hüyük Jr', 'Björn Åsen'],
        venue: 'Proceedings of the First Meeting on Toys (2031)',
        year: 2031,
        date: '2031-05',
        keywords: ['parsing', 'trees', 'toys'],
        externalIds: { doi: '10.1000/toy_1', acl: '2031.toy-main.1' },
      },
      { title: 'In Parentheses (Even These)', authors: ['Solo'], venue: 'J. of (', year: 1999 },
      {
        title: 'Eprints & Co',
        date: '2021-01-11',
        categories: ['cs.DS'],
        externalIds: { arxiv: '2101.11408' },
      },
      { title: 'On One Line' },
      { title: 'Lacks a comma', year: 2020 },
      { title: 'Last words', externalIds: { openreview: 'abc_D-1' } },
    ]);
    expect(rejected.map(({ line, record, field }) => [line, record, field])).toEqual([
      [26, 5, undefined],
      [32, 7, 'title'],
    ]);
  });

  test.each([
    ['@misc{, title={A}}', 'A'],
    ['@misc{title={A}}', 'A'],
    ['@MISC { k , TITLE = "A" , }', 'A'],
    ['@misc{k, title = 12}', '12'],
    ['@misc{k, title = unknown # {!}}', 'unknown!'],
    ['@string{A={x}} @misc{k, title = a}', 'x'],
  ])('%s', async (entry, title) => {
    const items = await readAll(bibtexReader, entry);
    expect(items.length).toBe(1);
    const [found] = papersOf(items).map((paper) => paper.title);
    expect(found ?? noticesOf(items, 'rejected')).toEqual(title);
  });

  test.each([
    ['family=Meer, given=Sam, prefix=van der', ['Sam van der Meer']],
    ['A. Smith, B. Jones, and C. Doe', ['A. Smith', 'B. Jones', 'C. Doe']],
    ["d' Aubignac, abbé d', François Hédelin", ["François Hédelin d' Aubignac abbé d'"]],
    ['G. Edward Barton, Jr.', ['G. Edward Barton Jr.']],
    ["'t Hooft, Gerard and Juan {de la Cruz}", ["Gerard 't Hooft", 'Juan de la Cruz']],
    ['{Barnes and Noble} and others', ['Barnes and Noble']],
  ])('reads the names %s', async (author, names) => {
    const items = await readAll(bibtexReader, `@misc{a, title={A}, author={${author}}}`);
    expect(shownPapersOf(items)[0]?.authors).toEqual(names);
  });

  test('takes fields from crossref and xdata, whichever comes first', async () => {
    const items = await readAll(
      bibtexReader,
      '@inproceedings{a, title={A}, crossref={B}, xdata={x}}\n@proceedings{b, title={Proc}, subtitle={Sub}, year=2020, doi={10.1/b}}\n' +
        '@xdata{x, publisher={P}}\n@article{c, title={C}, crossref={none}}',
    );
    expect(papersOf(items).find(({ title }) => title === 'A')).toMatchObject({
      venue: 'Proc: Sub',
      year: 2020,
      publication: { publisher: 'P' },
      externalIds: { doi: undefined },
    });
    expect(noticesOf(items, 'warning')).toMatchObject([
      { field: 'crossref', reason: expect.stringContaining('none') },
    ]);
  });

  test('keeps what it does not know, and reports what it leaves out', async () => {
    const items = await readAll(
      bibtexReader,
      '@phdthesis{a, title={A \\odd{B}}, school={S}, annote={Mine}, file={/home/me/a.pdf}, year={in press}, note={x}, note={y}}',
    );
    expect(papersOf(items)).toMatchObject([
      {
        title: 'A B',
        publication: {
          type: 'thesis',
          sourceType: 'bibtex:phdthesis',
          institution: 'S',
          other: { 'bibtex:annote': 'Mine', 'bibtex:year': 'in press' },
        },
      },
    ]);
    expect(noticesOf(items, 'warning').map(({ field, reason }) => [field, reason.slice(0, 40)])).toEqual([
      ['note', 'The field is there twice; the second, "y'],
      [undefined, 'The LaTeX command "\\odd" is not known: i'],
      ['file', 'The field "file" of 1 entry is not kept:'],
    ]);
  });

  test('reports an entry that is not closed, with its line', async () => {
    const items = await readAll(bibtexReader, '@misc{a, title={A}}\n@misc{b, title={B');
    expect(papersOf(items).map(({ title }) => title)).toEqual(['A']);
    expect(noticesOf(items, 'rejected')).toMatchObject([
      { line: 2, reason: expect.stringContaining('not closed') },
    ]);
  });

  test('any papers, written and read back', async () => {
    // What TeX gives a meaning is the table test's; entities and tags are that of markup.
    const text = line(/^[^\\{}$%~"`'<>&-]+$/u);
    const paper = fc.record({ title: text, abstract: text, authors: fc.array(name), year: fc.nat(8999) });
    await fc.assert(
      fc.asyncProperty(fc.array(paper), async (papers) => {
        const entries = papers.map(
          ({ title, abstract, authors, year }, i) =>
            `@article{key${i},\n  title = {${title}},\n  abstract = {${abstract}},\n  author = {${authors
              .map((each) => each.split(' ').reverse().join(', '))
              .join(' and ')}},\n  year = ${1000 + year}\n}\n`,
        );
        const items = await readAll(bibtexReader, entries.join('\n'));
        expect(noticesOf(items, 'rejected')).toEqual([]);
        expect(shownPapersOf(items)).toMatchObject(
          papers.map((each) => ({ ...each, year: 1000 + each.year })),
        );
      }),
    );
  });
});

describe('RIS', () => {
  test('an export with its traps', async () => {
    const { papers, rejected, warnings } = await readFixture('export.ris');
    expect(papers).toMatchObject([
      {
        title: 'Sheep in vivo',
        abstract: 'We count sheep. A line that goes on over its end.\n\nA second paragraph.',
        authors: ['Ada Vogel', 'Björn Åsen'],
        venue: 'Proceedings of Sheep',
        year: 2031,
        date: '2031-05-02',
        keywords: ['sheep', 'counting', 'sleep', 'dreams'],
        urls: { pdf: 'https://example.org/s.pdf' },
        externalIds: { doi: '10.1000/ris.1', arxiv: '2101.11408' },
      },
      { title: 'Older Tags', abstract: 'Tags of 1998.', authors: ['Solo'], venue: 'J. Tags', year: 1998 },
      { title: 'Cut Off' },
    ]);
    expect(rejected).toMatchObject([{ line: 27, record: 3, field: 'TI' }]);
    expect(warnings.map(({ line, field }) => [line, field])).toEqual([
      [21, 'ER'],
      [30, 'ER'],
    ]);
  });

  test('any papers, written and read back', async () => {
    const text = line(/^[^<>&]+$/u);
    const paper = fc.record({ title: text, abstract: text, authors: fc.array(name), year: fc.nat(8999) });
    await fc.assert(
      fc.asyncProperty(fc.array(paper), fc.constantFrom('\n', '\r\n'), async (papers, end) => {
        const records = papers.map(({ title, abstract, authors, year }) =>
          [
            'TY  - JOUR',
            `TI  - ${title}`,
            ...authors.map((each) => `AU  - ${each.split(' ').reverse().join(', ')}`),
            `AB  - ${abstract}`,
            `PY  - ${1000 + year}`,
            'ER  - ',
            '',
          ].join(end),
        );
        const items = await readAll(risReader, records.join(end));
        expect(noticesOf(items, 'warning')).toEqual([]);
        expect(shownPapersOf(items)).toMatchObject(
          papers.map((each) => ({ ...each, year: 1000 + each.year })),
        );
      }),
    );
  });
});

describe('CSV and TSV', () => {
  test('an export with its traps', async () => {
    const { papers, rejected, warnings } = await readFixture('scopus.csv');
    expect(papers).toMatchObject([
      {
        title: 'Sheep, "Counted"',
        abstract: 'We count sheep, slowly.\n\nTwice.',
        authors: ['Ada Vogel', 'Björn Åsen'],
        venue: 'J. Sheep',
        year: 2031,
        keywords: ['sheep', 'counting'],
        externalIds: { doi: '10.1000/csv.1', arxiv: '2101.11408' },
      },
      { title: 'Commas Between Names', authors: ['Ada Vogel', 'Bo Da'], year: 2030, keywords: ['a', 'b'] },
      { title: 'One Name', authors: ['A. J. Perlis'] },
      { title: 'Row', year: 2031 },
    ]);
    expect(rejected.map(({ line, record, field }) => [line, record, field])).toEqual([
      [8, 4, undefined],
      [10, 6, 'title'],
    ]);
    expect(warnings).toMatchObject([{ line: 7, field: 'year' }]);
  });

  test('headings in other languages', async () => {
    const { papers } = await readFixture('tabelle.tsv');
    expect(papers).toMatchObject([
      { title: 'Schafe zählen', authors: ['Ada Vogel und Co'], year: 1999, abstract: 'Wir "zählen" Schafe.' },
    ]);
  });

  test('asks which columns unknown headings mean, and reads them once they are mapped', async () => {
    const { papers, rejected } = await readFixture('fremd.csv');
    expect(papers).toEqual([]);
    expect(rejected).toMatchObject([
      { line: 1, field: 'title', reason: expect.stringContaining('"Überschrift", "Inhalt"') },
    ]);
    const columns = { title: 'Überschrift', abstract: 'Inhalt' };
    const mapped = await readFixture('fremd.csv', { columns });
    expect(mapped.papers).toMatchObject([{ title: 'Kühe', abstract: 'Wir zählen Kühe' }]);
    expect(mapped.rejected).toMatchObject([{ line: 2, reason: expect.stringContaining('2 cells, found 3') }]);
    const wrong = await readFixture('fremd.csv', { columns: { title: 'Title' } });
    expect(wrong.rejected).toMatchObject([{ reason: expect.stringContaining('no column "Title"') }]);
  });

  test('reports a quote that is never closed, and reads nothing after it', async () => {
    const items = await readAll(delimitedReader, 'title,abstract\nA,a\n"B,b\nC,c\n');
    expect(papersOf(items).map(({ title }) => title)).toEqual(['A']);
    expect(noticesOf(items, 'rejected')).toMatchObject([{ line: 3 }]);
  });

  test('any papers, written and read back', async () => {
    const text = line(/^[^<>&]+$/u);
    const paper = fc.record({ title: text, abstract: text, authors: fc.array(name), venue: text });
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(paper), fc.constantFrom(',', ';', '\t'), async (papers, separator) => {
        const rows = papers.map(({ title, abstract, authors, venue }) => [
          title,
          abstract,
          authors.join('; '),
          venue,
        ]);
        const table = [['Title', 'Abstract', 'Authors', 'Journal'], ...rows];
        const csv = table.map((cells) => cells.map(quoted).join(separator)).join('\r\n');
        expect(shownPapersOf(await readAll(delimitedReader, csv))).toMatchObject(papers);
      }),
    );
  });
});
