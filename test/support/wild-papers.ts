import fc from 'fast-check';
import { normalizePaper } from '../../src/papers/read/normalize.ts';

/** Characters with a meaning in some format, in every combination. */
const SIGNS = [
  '{',
  '}',
  '\\',
  '$',
  '$x^{2}$',
  '$\\alpha$',
  '$\\input{a}$',
  '%',
  '&',
  '&amp;',
  '<b>',
  '</b>',
  '<',
  '#',
  '_',
  '~',
  '^',
  '--',
  "''",
  '``',
  '"',
  "'",
  '=',
  '+',
  '-',
  '@',
  '@article{a,',
  '@misc(b,',
  ' and ',
  'and',
  ', ',
  ',',
  ':',
  '|',
  '*',
  'TY  - JOUR',
  'ER  - ',
  '\n\n',
  '\n',
  '\u2028',
  '\u0085',
  '\\textbackslash',
  '\\emph',
  'Jr.',
  'van',
  'others',
  'é',
  '中',
  '😀',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
/** For lists whose values some formats separate by semicolons. The Greek question mark is normalised to one. */
const value = text.map((each) => each.normalize('NFC').replaceAll(';', ''));
const word = fc.stringMatching(/^[a-z][a-z0-9.]{1,10}$/);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const date = fc.oneof(
  fc.constantFrom('2024', '2024-02', '2024-11-30', '2025-01-02', 'Spring 2025'),
  optional(fc.constant('2025-07')),
);

/** Names in parts, for formats that have parts, and names without parts. */
const name = fc.oneof(
  value,
  fc.record({ literal: value }),
  fc.record(
    {
      family: value,
      given: value,
      particle: fc.constantFrom('van der', 'de', 'Von', 'd’'),
      droppingParticle: fc.constantFrom('de', 'von'),
      suffix: fc.constantFrom('Jr.', 'III', 'MBE'),
    },
    { requiredKeys: ['family', 'given'] },
  ),
);
const names = fc.array(name, { maxLength: 3 });
const publication = fc.record(
  {
    type: fc.constantFrom('thesis', 'book', 'chapter', 'article-journal', 'post-weblog', 'nonsense'),
    sourceType: fc.constantFrom('bibtex:phdthesis', 'bibtex:web_page', 'ris:CHAP', 'csl:book', 'x y'),
    key: fc.constantFrom('doe2020', '10.1175/1520-0493(1987)115', 'a:b_c+d'),
    genre: text,
    volume: text,
    edition: text,
    publisher: text,
    place: text,
    series: text,
    pages: fc.constantFrom('1-10', 'e12', 'S1-S9', '1, 3-4'),
    isbn: fc.constantFrom('9783030009425', '978-3-030-00942-5, 978-3-030-00943-2'),
    issn: fc.constant('0028-0836'),
    language: word,
    note: text,
    shortTitle: text,
    numberOfVolumes: word,
    accessed: fc.constantFrom('2024-05-01', '2024-05'),
  },
  { requiredKeys: [] },
);

const works = fc.array(
  fc.oneof(
    text,
    word.map((suffix) => `doi:10.1000/${suffix}_(1)<2>;3`),
    word.map((suffix) => `10.1000/${suffix}`),
    word.map((suffix) => `doi:10.1000/${suffix} arxiv:2101.11408`),
    fc.constantFrom('https://openalex.org/W17', 's2:17', 'one id of many words with blanks'),
  ),
  { maxLength: 4 },
);

/** Papers as the index stores them, with hostile texts. */
export const wildPapers = fc.uniqueArray(
  fc
    .record({
      id: text,
      title: text,
      abstract: optional(fc.array(text, { maxLength: 3 }).map((paragraphs) => paragraphs.join('\n\n'))).map(
        (each) => each ?? '',
      ),
      tldr: optional(text),
      authors: fc.array(name, { maxLength: 4 }),
      editors: names,
      translators: names,
      publication,
      venue: optional(text),
      year: optional(fc.integer({ min: 1900, max: 2030 })),
      date,
      keywords: fc.array(value, { maxLength: 4 }),
      categories: fc.array(value, { maxLength: 3 }),
      urls: fc.record({
        landing: optional(word.map((path) => `https://example.org/${path}?a=1&b=%20~_#x`)),
        pdf: optional(word.map((path) => `https://example.org/${path}.pdf`)),
        code: optional(word.map((path) => `https://github.com/${path}`)),
      }),
      externalIds: fc.record({
        doi: optional(word.map((suffix) => `10.1000/${suffix}_(1)<2>;3`)),
        arxiv: optional(fc.constantFrom('2101.11408', '2101.11408v2', 'hep-th/9901001')),
        openreview: optional(word),
        acl: optional(word),
        s2: optional(word),
      }),
      references: works,
      citedBy: works,
    })
    .map((raw) => normalizePaper(raw, { file: 'wild', format: 'wild', record: 1 }, {}))
    .filter(({ title }) => title !== ''),
  { selector: ({ id }) => id, maxLength: 4 },
);
