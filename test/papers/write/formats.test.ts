import { expect, test } from 'vitest';
import { EXPORT_FORMAT_NAMES, exportFormat, exportPapers } from '../../../src/papers/write/formats.ts';
import { paperOf } from '../../support/papers.ts';

const PAPER = paperOf({
  id: 'arxiv:2412.02674',
  title: 'Mind the Gap: What {GPT} & $\\alpha$ cost 5%',
  abstract: 'First.\n\nTY  - JOUR second.',
  authors: ['Yuda Song', 'Ludwig van Beethoven', 'Martin Luther King Jr.', 'Acme, Inc.', 'Žižek'],
  venue: 'ICLR',
  year: 2025,
  date: '2024-12-03',
  keywords: ['self-improvement', 'a, b'],
  urls: { landing: 'https://arxiv.org/abs/2412.02674' },
  externalIds: { arxiv: '2412.02674' },
});

test('BibTeX', () => {
  expect(exportPapers([PAPER], 'bibtex')).toBe(`@inproceedings{song2025mind,
  title = {Mind the Gap: What {\\textbraceleft{}GPT\\textbraceright{}} \\& $\\alpha$ cost 5\\%},
  author = {Song, Yuda and van Beethoven, Ludwig and King, Jr., Martin Luther and {Acme, Inc.} and {Žižek}},
  booktitle = {ICLR},
  year = {2025},
  eprint = {2412.02674},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/2412.02674},
  keywords = {self-improvement; a, b;},
  abstract = {First.

TY - JOUR second.},
  paper-search-date = {2024-12-03},
  paper-search-id = {arxiv:2412.02674},
}
`);
});

test('RIS', () => {
  expect(exportPapers([PAPER], 'ris')).toBe(`TY  - CPAPER
TI  - Mind the Gap: What {GPT} & $\\alpha$ cost 5%
AU  - Song, Yuda
AU  - van Beethoven, Ludwig
AU  - King, Martin Luther, Jr.
AU  - Acme,, Inc.,
AU  - Žižek
T2  - ICLR
PY  - 2025
KW  - self-improvement
KW  - a, b
UR  - https://arxiv.org/abs/2412.02674
AB  - First.

 TY - JOUR second.
C1  - arxiv:2412.02674
C1  - date:2024-12-03
DB  - paper-search
AN  - arxiv:2412.02674
ER  - 
`);
});

test('CSL-JSON', () => {
  expect(JSON.parse(exportPapers([PAPER], 'csl-json'))).toEqual([
    {
      id: 'song2025mind',
      type: 'paper-conference',
      title: PAPER.title,
      author: [
        { family: 'Song', given: 'Yuda' },
        { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' },
        { family: 'King', given: 'Martin Luther', suffix: 'Jr.' },
        { literal: 'Acme, Inc.' },
        { literal: 'Žižek' },
      ],
      'container-title': 'ICLR',
      issued: { 'date-parts': [[2025]] },
      URL: 'https://arxiv.org/abs/2412.02674',
      archive: 'arXiv',
      archive_location: '2412.02674',
      keyword: 'self-improvement, a, b',
      abstract: PAPER.abstract,
      custom: {
        'paper-search': {
          id: 'arxiv:2412.02674',
          year: 2025,
          date: '2024-12-03',
          keywords: ['self-improvement', 'a, b'],
          categories: [],
          externalIds: { arxiv: '2412.02674' },
        },
      },
    },
  ]);
});

test('CSV keeps spreadsheets from running a formula', () => {
  const paper = paperOf({
    id: 'x',
    title: '=cmd|"/c calc"!A1',
    authors: ['@A; B', "'C"],
    keywords: ['-k', 'l'],
  });
  expect(exportPapers([paper], 'csv')).toBe(
    `paper-search-id,title,authors,year,date,venue,abstract,keywords,categories,doi,arxiv,url,pdf,code url,tldr,acceptance,publication status
x,"'=cmd|""/c calc""!A1","'@A, B; 'C",,,,,'-k; l,,,,,,,,,
`,
  );
});

test('Markdown takes nothing of a paper for markup', () => {
  const paper = paperOf({
    title: '<img src=x onerror=alert(1)> [a](javascript:b) *c*',
    authors: ['A_B', 'C'],
    venue: 'V*',
    year: 2031,
    urls: { landing: 'https://a.org/x>y)', pdf: 'javascript:alert(1)' },
    externalIds: { doi: '10.1/a_b' },
  });
  expect(exportPapers([paper], 'markdown')).toBe(
    '- **\\<img src\\=x onerror\\=alert\\(1\\)\\> \\[a\\]\\(javascript\\:b\\) \\*c\\***. A\\_B and C. *V\\**, 2031. ' +
      '[page](<https://a.org/x%3Ey)>) · DOI 10\\.1/a\\_b\n',
  );
});

test.each([
  [{ authors: ['A B', 'C D', 'E F'], venue: 'V', year: 2031 }, 'A B, C D and E F (2031). T. V.\n'],
  [{ authors: [], urls: { landing: 'https://a.org/' } }, 'T. https://a.org/\n'],
  [{ authors: ['A'], title: 'Why?' }, 'A. Why?\n'],
])('a citation of %j', (fields, text) => {
  expect(exportPapers([paperOf({ title: 'T', ...fields })], 'text')).toBe(text);
});

test('JSON and JSON Lines are all that is known', () => {
  const papers = [PAPER, paperOf({ title: 'B' })];
  expect(JSON.parse(exportPapers(papers, 'json'))).toEqual(papers);
  const lines = exportPapers(papers, 'jsonl').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(papers);
});

test('an unknown format is refused with those that there are', () => {
  expect(() => exportFormat('docx')).toThrow(
    expect.objectContaining({ code: 'BAD_REQUEST', details: { format: 'docx', known: EXPORT_FORMAT_NAMES } }),
  );
});
