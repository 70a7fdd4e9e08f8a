import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parse } from '@retorquere/bibtex-parser';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/papers/paper.ts';
import { readerOf } from '../../../src/papers/read/formats.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';
import { type ExportFormatName, exportPapers } from '../../../src/papers/write/formats.ts';
import { latexText } from '../../../src/papers/write/latex-text.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';
import { type LibraryItem, type LibraryName, libraryOf } from '../../support/zotero-library.ts';

const SIZE = 520;
/** Both parsers read all of it several times (milliseconds). */
const LONG_MS = 120_000;
const LIBRARY = libraryOf(SIZE);
const SHARED = fileURLToPath(new URL('../../../../shared/collections/conference-lists/', import.meta.url));

/** What comes out for what comes in: read, kept as an index keeps it, exported. */
async function throughHere(text: string, reader: string, format: ExportFormatName): Promise<string> {
  const items = await readAll(readerOf(reader), text);
  expect([...noticesOf(items, 'rejected'), ...noticesOf(items, 'warning')]).toEqual([]);
  const papers = papersOf(items).map((paper, at) =>
    normalizePaper(paper, { file: 'library', format: reader, record: at + 1 }, {}),
  );
  expect(papers.length).toBe(SIZE);
  return exportPapers(papers, format);
}

describe('a library of 520 items comes out as it went in', () => {
  test(
    'from BibTeX to BibTeX, as the parser of Better BibTeX reads both',
    async () => {
      const input = LIBRARY.map(bibtexOf).join('\n');
      const output = await throughHere(input, 'bibtex', 'bibtex');
      const read = (text: string) => {
        const { entries, errors } = parse(text, { sentenceCase: false });
        expect(errors).toEqual([]);
        return entries.map(({ type, key, fields }) => ({
          type,
          key,
          fields: withoutOurs(fields, 'paper-search'),
        }));
      };
      expect(read(output)).toEqual(read(input));
    },
    LONG_MS,
  );

  test('from CSL-JSON to CSL-JSON', async () => {
    const input = LIBRARY.map(cslOf);
    const output = JSON.parse(await throughHere(JSON.stringify(input), 'csl-json', 'csl-json'));
    expect(output.map((each: object) => withoutOurs(each, 'custom'))).toEqual(input);
  });

  test('from RIS to RIS, tag by tag', async () => {
    const input = LIBRARY.map(risOf).join('\n');
    const output = await throughHere(input, 'ris', 'ris');
    expect(tagsOf(output)).toEqual(tagsOf(input));
  });
});

describe('papers of a collection are the same after an export and another reading', () => {
  const FORMATS: [ExportFormatName, string][] = [
    ['bibtex', 'bibtex'],
    ['ris', 'ris'],
    ['csl-json', 'csl-json'],
    ['jsonl', 'jsonl'],
  ];
  test.skipIf(!existsSync(SHARED)).each(FORMATS)(
    '%s (needs ../shared/collections)',
    async (format, reader) => {
      const papers = collectionPapers(600);
      const items = await readAll(readerOf(reader), exportPapers(papers, format));
      const read = papersOf(items).map((paper, at) => normalizePaper(paper, papers[at]!.source, {}));
      expect(read).toEqual(papers);
    },
  );
});

function collectionPapers(size: number): Paper[] {
  const lines = gunzipSync(readFileSync(`${SHARED}corpus.jsonl.gz`))
    .toString()
    .split('\n', size);
  return lines.map((line, at) => {
    const { title, text = '', metadata = {} } = JSON.parse(line);
    const raw = { title, abstract: text, authors: metadata.authors ?? [], year: metadata.year };
    return normalizePaper(raw, { file: 'collection', format: 'test', record: at + 1 }, {});
  });
}

/** Members of an object, except those whose names begin with `prefix`. */
function withoutOurs(fields: object, prefix: string): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(prefix)));
}

/** A paper with a DOI has its page for an address. */
function addressOf({ url, doi }: LibraryItem): string {
  return url || (doi && `https://doi.org/${doi}`);
}

function bibtexOf(item: LibraryItem): string {
  const { type, key, publisher } = item;
  const isPart = type === 'incollection' || type === 'inproceedings';
  const issuer = type === 'phdthesis' ? 'school' : type === 'techreport' ? 'institution' : 'publisher';
  const names = (list: readonly LibraryName[]) => list.map(bibtexName).join(' and ');
  const fields = {
    title: latexText(item.title),
    author: names(item.authors),
    editor: names(item.editors),
    [isPart ? 'booktitle' : 'journal']:
      type === 'book' || type === 'phdthesis' ? '' : latexText(item.container),
    year: String(item.year),
    month: String(item.month),
    volume: item.volume,
    number: item.number,
    pages: item.pages.replace('-', '--'),
    [issuer]: latexText(publisher),
    address: item.place,
    series: item.series,
    edition: item.edition,
    isbn: item.isbn,
    issn: item.issn,
    doi: item.doi,
    url: addressOf(item),
    language: item.language,
    note: latexText(item.note),
    abstract: latexText(item.abstract),
    keywords: latexText(item.keywords.join(', ')),
    howpublished: type === 'misc' ? 'Web' : '',
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === '' ? [] : [`  ${name} = {${value}},`],
  );
  return `@${type}{${key},\n${lines.join('\n')}\n}\n`;
}

function bibtexName(name: LibraryName): string {
  if ('literal' in name) return `{${name.literal}}`;
  return [name.family, ...(name.suffix === undefined ? [] : [name.suffix]), name.given].join(', ');
}

const CSL_TYPES = {
  article: 'article-journal',
  book: 'book',
  incollection: 'chapter',
  inproceedings: 'paper-conference',
  phdthesis: 'thesis',
  techreport: 'report',
  misc: 'document',
};

function cslOf(item: LibraryItem): object {
  const { type, key } = item;
  const names = (list: readonly LibraryName[]) => (list.length === 0 ? undefined : list.map(cslName));
  return JSON.parse(
    JSON.stringify({
      id: key,
      type: CSL_TYPES[type],
      title: item.title,
      author: names(item.authors),
      editor: names(item.editors),
      'container-title': item.container,
      issued: { 'date-parts': [[item.year, item.month]] },
      volume: item.volume || undefined,
      issue: item.number || undefined,
      page: item.pages || undefined,
      publisher: item.publisher || undefined,
      'publisher-place': item.place || undefined,
      'collection-title': item.series || undefined,
      edition: item.edition || undefined,
      ISBN: item.isbn || undefined,
      ISSN: item.issn || undefined,
      DOI: item.doi || undefined,
      URL: addressOf(item) || undefined,
      language: item.language || undefined,
      note: item.note || undefined,
      abstract: item.abstract || undefined,
      keyword: item.keywords.join(', ') || undefined,
      'original-date': { 'date-parts': [[1890]] },
      PMID: '123',
    }),
  );
}

/** Particles are apart from the family name, as CSL has them. */
function cslName(name: LibraryName): object {
  if ('literal' in name) return name;
  const [, particle, family] = /^((?:\p{Ll}+ )*)(.*)$/u.exec(name.family)!;
  return { ...name, family, 'non-dropping-particle': particle!.trim() || undefined };
}

const RIS_TYPES = {
  article: 'JOUR',
  book: 'BOOK',
  incollection: 'CHAP',
  inproceedings: 'CONF',
  phdthesis: 'THES',
  techreport: 'RPRT',
  misc: 'ELEC',
};

function risOf(item: LibraryItem): string {
  const { type } = item;
  const isWhole = type === 'book' || type === 'phdthesis' || type === 'techreport';
  const [first, last = ''] = item.pages.split('-');
  const values: [string, string | undefined][] = [
    ['TY', RIS_TYPES[type]],
    ['TI', item.title],
    ...item.authors.map((name): [string, string] => ['AU', risName(name)]),
    ...item.editors.map((name): [string, string] => ['ED', risName(name)]),
    ['T2', isWhole ? item.series : item.container],
    ['T3', isWhole ? '' : item.series],
    ['PY', String(item.year)],
    ['DA', `${item.year}/${String(item.month).padStart(2, '0')}//`],
    ['VL', item.volume],
    ['IS', item.number],
    ['SP', first],
    ['EP', last],
    ['PB', item.publisher],
    ['CY', item.place],
    ['ET', item.edition],
    ['SN', item.isbn],
    ['SN', item.issn],
    ['DO', item.doi],
    ['UR', addressOf(item)],
    ['LA', item.language],
    ['N1', item.note],
    ['AB', item.abstract],
    ...item.keywords.map((keyword): [string, string] => ['KW', keyword]),
    ['ID', item.key],
    ['AD', 'Some Street 1'],
  ];
  return `${values.flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\n`] : [])).join('')}ER  - \n`;
}

/** Commas of a group are doubled, and one follows it, as EndNote has it. */
function risName(name: LibraryName): string {
  if ('literal' in name)
    return name.literal.includes(',') ? `${name.literal.replaceAll(',', ',,')},` : name.literal;
  return [name.family, name.given, ...(name.suffix === undefined ? [] : [name.suffix])].join(', ');
}

/** The lines of each record, sorted; without what is only ours. */
function tagsOf(text: string): string[][] {
  return text
    .split(/^ER {2}-.*$/m)
    .map((record) =>
      record
        .split('\n')
        .filter(
          (line) =>
            line !== '' && !/^(?:C1 {2}- (?:type|accessed|number):|DB {2}- paper-search|AN {2}- )/.test(line),
        )
        .sort(),
    )
    .filter((lines) => lines.length > 0);
}
