import type { RawPaper } from '../reader.ts';
import type { TaggedLine } from './dialect.ts';
import { taggedReader } from './reader.ts';

const TAG = /^([A-Z][A-Z\d]) {1,2}- ?(.*)$/;
/** UTF-16 code units of a source; looking through longer ones would take long. */
const MAX_VENUE_LENGTH = 1000;
const BEGIN = /^<\s*\d+\s*\.?\s*>\s*$/;
/** The names of fields that are on a line of their own, above indented values. */
const LABEL =
  /^(?:Unique Identifier|Accession Number|Title|Authors?(?: Full Name| NameID)?|Author Names|Source(?: Title)?|Journal(?: Name| Title)?|Abstract|Year(?: of Publication)?|Publication Year|Date of Publication|Publication Type|Keywords?(?: Heading)?|Author Keywords|MeSH Subject Headings|Subject Headings|Digital Object Identifier|DOI|PMID|Database|VN|[A-Z][A-Za-z -]{2,40})$/;

function lineOf(text: string): TaggedLine {
  if (BEGIN.test(text)) return { kind: 'end' };
  const [, tag, value = ''] = TAG.exec(text) ?? [];
  if (tag !== undefined) return { kind: 'value', tag, value: value.trim() };
  return LABEL.test(text) ? { kind: 'value', tag: text, value: '' } : { kind: 'more', text: text.trim() };
}

/** Ovid's exports: records numbered `<1>`, with tags ("TI  - …") or with the names of fields above their values. */
export const ovidReader = taggedReader({
  format: 'ovid',
  maker: 'Ovid',
  description: 'Ovid citations: records numbered <1>, with tags or names of fields',
  files: ['citation.txt', 'ovid.cgi'],
  detect: (head) =>
    /^<\s*1\s*\.?\s*>\s*\r?\n/m.test(head) &&
    (/^(?:VN|DB|UI|TI) {1,2}- /m.test(head) ||
      /^(?:Unique Identifier|Accession Number|Title|Database)\s*\r?\n\s+\S/m.test(head)),
  lineOf,
  begins: () => false,
  tags: {
    title: ['TI', 'Title'],
    abstract: ['AB', 'Abstract'],
    authors: ['FA', 'AU', 'Author Full Name', 'Author Names', 'Authors', 'Author'],
    publication: {
      language: ['LG', 'Language'],
      issn: ['IS', 'ISSN'],
    },
    venue: ['JN', 'JT', 'Journal', 'Journal Name', 'Journal Title', 'Source Title', 'SO', 'Source'],
    dates: ['YR', 'Year of Publication', 'Publication Year', 'DP', 'Date of Publication', 'SO', 'Source'],
    keywords: [
      'KW',
      'MH',
      'SH',
      'Keyword Heading',
      'Keyword',
      'Keywords',
      'Author Keywords',
      'MeSH Subject Headings',
      'Subject Headings',
    ],
    doi: ['DO', 'Digital Object Identifier', 'DOI'],
    pmid: ['PM', 'PMID'],
    types: ['PT', 'Publication Type'],
  },
  refine: (_, { authors, venue }) => ({
    // With names of fields, all authors are one value.
    authors: authors.length > 1 ? authors : partsOf(authors[0]),
    // "Journal of Worms. 12(3):1-9, 2013 Sep."
    venue: venue?.slice(0, MAX_VENUE_LENGTH).replace(/\.\s+(?:Vol\b.*|\d+\s*\(.*|\d+\s*:.*|.*\d{4}.*)$/, ''),
  }),
});

function partsOf(names: RawPaper['authors'][number] | undefined): RawPaper['authors'] {
  if (typeof names !== 'string') return names === undefined ? [] : [names];
  return names
    .split(/[;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
