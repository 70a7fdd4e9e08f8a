import type { RawPaper } from '../../src/papers/read/reader.ts';

/** A record of a pair; its authors are texts, as in the collections. */
export type PairRecord = Omit<RawPaper, 'authors'> & { readonly authors: readonly string[] };
/** Makes a second record of a record, or changes both. @param other a record of another paper. */
export type Rule = (record: PairRecord, other: PairRecord) => readonly [PairRecord, PairRecord];

const ASCII: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  æ: 'ae',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
};

function ascii(text: string): string {
  const spelt = text.replace(/[äöüøåæßłđ]/gi, (letter) => {
    const plain = ASCII[letter.toLowerCase()]!;
    return letter === letter.toLowerCase() ? plain : `${plain[0]!.toUpperCase()}${plain.slice(1)}`;
  });
  return spelt.normalize('NFKD').replace(/\p{M}/gu, '');
}

const words = (name: string) => name.trim().split(/\s+/);
const familyFirst = (name: string) => `${words(name).at(-1)}, ${words(name).slice(0, -1).join(' ')}`;
const withInitials = (name: string) =>
  [
    words(name).at(-1)!,
    ...words(name)
      .slice(0, -1)
      .map((word) => `${word[0]}.`),
  ].join(' ');

const bare = ({ title, abstract, authors, year, venue }: PairRecord): PairRecord => ({
  title,
  abstract,
  authors,
  year,
  venue,
});
const changed = (record: PairRecord, changes: Partial<PairRecord>): PairRecord => ({
  ...bare(record),
  ...changes,
});
const ids = (record: PairRecord, externalIds: PairRecord['externalIds'], changes: Partial<PairRecord> = {}) =>
  changed(record, { ...changes, externalIds });

/** Two records of one paper. */
export const SAME: Readonly<Record<string, Rule>> = {
  'as-it-is': (record, other) => [bare(record), bare(other)],
  'initials-family-first': (record) => [
    bare(record),
    changed(record, { authors: record.authors.map(withInitials) }),
  ],
  'family-comma-given': (record) => [
    bare(record),
    changed(record, { authors: record.authors.map(familyFirst) }),
  ],
  'authors-reversed': (record) => [bare(record), changed(record, { authors: record.authors.toReversed() })],
  transliterated: (record) => [
    bare(record),
    changed(record, { title: ascii(record.title), authors: record.authors.map(ascii) }),
  ],
  'accents-dropped': (record) => [
    bare(record),
    changed(record, { authors: record.authors.map((name) => name.normalize('NFKD').replace(/\p{M}/gu, '')) }),
  ],
  'formula-in-latex': (record) => [
    changed(record, { title: `${record.title} over CO$_2$ and $\\alpha$-H$_{2}$O` }),
    changed(record, { title: `${record.title} over CO2 and α-H₂O` }),
  ],
  'title-in-capitals': (record) => [
    bare(record),
    changed(record, { title: `${record.title.toUpperCase().replace(/-/g, '\u2010')}.` }),
  ],
  'preprint-and-article': (record) => {
    const year = record.year ?? 2015;
    const years = 1 + (record.title.length % 4);
    return [
      ids(record, { arxiv: '1501.00001', s2: '101' }, { year, venue: 'arXiv' }),
      ids(
        record,
        { doi: '10.1000/article', s2: '102' },
        { year: year + years, authors: [...record.authors, 'Nora Newcomer'] },
      ),
    ];
  },
  'biorxiv-and-article': (record) => [
    ids(record, { doi: '10.1101/2020.01.30.927871' }, { year: 2020, venue: 'bioRxiv' }),
    ids(record, { doi: '10.1000/article', pmid: '31452104' }, { year: 2022 }),
  ],
  'doi-spellings': (record) => [
    ids(record, { doi: 'https://www.doi.org/10.1000/ABC' }),
    ids(
      record,
      { doi: 'DOI 10.1000%2Fabc.' },
      { title: record.title.split(/[:?]/)[0]!, year: (record.year ?? 2015) + 3 },
    ),
  ],
  'title-without-authors': (record) => [
    bare(record),
    changed(record, { authors: [], abstract: '', year: undefined }),
  ],
};

/** Records of two papers that look like one. */
export const DIFFERENT: Readonly<Record<string, Rule>> = {
  'as-they-are': (record, other) => [bare(record), bare(other)],
  'two-dois': (record) => [ids(record, { doi: '10.1000/one' }), ids(record, { doi: '10.1000/two' })],
  'two-arxiv-ids': (record) => [ids(record, { arxiv: '1501.00001' }), ids(record, { arxiv: '1501.00002' })],
  'two-pubmed-ids': (record) => [ids(record, { pmid: '31452104' }), ids(record, { pmid: '31452105' })],
  'chapters-of-one-book': (record, other) => [
    ids(record, { doi: '10.1000/book' }),
    ids(other, { doi: '10.1000/book' }, { authors: [record.authors[0]!, ...other.authors] }),
  ],
  'placeholder-dois': (record, other) => [
    ids(record, { doi: 'nan' }),
    ids(other, { doi: 'nan' }, { authors: record.authors }),
  ],
  'namesake-and-others': (record, other) => {
    const name = words(record.authors[0]!);
    const initial = name[0]!.startsWith('Q') ? 'X.' : 'Q.';
    return [
      bare(record),
      changed(record, { abstract: '', authors: [`${initial} ${name.at(-1)}`, ...other.authors] }),
    ];
  },
  'one-author-of-many': (record, other) => [
    ids(record, { arxiv: '1501.00001' }, { abstract: '' }),
    ids(
      record,
      { doi: '10.1000/two' },
      { authors: [...other.authors, 'Nora Newcomer', 'Otto Other', record.authors[0]!] },
    ),
  ],
  'numbered-parts': (record) => [
    changed(record, { title: `${record.title}, Part I` }),
    changed(record, { title: `${record.title}, Part II` }),
  ],
  errata: (record, other) => [
    ids(record, { doi: '10.1000/one' }, { title: 'Erratum' }),
    ids(other, { doi: '10.1000/two' }, { title: 'Erratum', authors: record.authors, year: record.year }),
  ],
};
