import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayName, type PersonName } from '../../../src/papers/names.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { detectReader, readerOf } from '../../../src/papers/read/formats.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';
import { type ExportFormatName, exportPapers } from '../../../src/papers/write/formats.ts';
import { noticesOf, papersOf, readAll } from '../../support/lines.ts';
import { paperOf } from '../../support/papers.ts';
import { wildPapers } from '../../support/wild-papers.ts';

const SOURCE = { file: 'test', format: 'test', record: 1 };

/** What every format keeps, and the reader that reads it. */
const FORMATS: [ExportFormatName, string, (paper: Paper) => object][] = [
  ['bibtex', 'bibtex', (paper) => withoutWorks(essence(paper))],
  [
    'ris',
    'ris',
    (paper) => ({ ...withoutWorks(essence(withWholeNames(paper))), code: undefined, tldr: undefined }),
  ],
  ['csl-json', 'csl-json', (paper) => essence(paper)],
  [
    'csv',
    'csv',
    // A table has a cell for each value of a paper: names are there as they are shown.
    ({ externalIds: { doi, arxiv }, ...paper }) => ({
      ...withoutWorks(essence({ ...paper, externalIds: { doi, arxiv } })),
      authorNames: undefined,
      authorRole: undefined,
      editors: undefined,
      translators: undefined,
      publication: undefined,
    }),
  ],
  [
    'zotero-rdf',
    'zotero-rdf',
    ({ id, title, abstract, venue, keywords, urls, externalIds: { doi, arxiv } }) => ({
      id,
      title,
      abstract,
      venue,
      keywords,
      landing: urls.landing,
      doi,
      arxiv,
    }),
  ],
  ['json', 'jsonl', (paper) => essence(paper)],
  ['jsonl', 'jsonl', (paper) => essence(paper)],
];

function essence(paper: Paper): object {
  const { id, title, abstract, venue, year, date, keywords, categories, urls, externalIds } = paper;
  const { authors, authorNames, authorRole, editors, translators, bookAuthors, publication } = paper;
  const { landing, pdf, code } = urls;
  const { doi, arxiv, openreview, acl, s2 } = externalIds;
  const { references, citedBy, tldr } = paper;
  return {
    id,
    title,
    abstract,
    authors,
    authorNames,
    authorRole,
    editors,
    translators,
    bookAuthors,
    publication,
    venue,
    year,
    date,
    keywords,
    categories,
    landing,
    pdf,
    code,
    tldr,
    doi,
    arxiv,
    openreview,
    acl,
    s2,
    references,
    citedBy,
  };
}

/** For formats that have no field for the works that a paper cites. */
function withoutWorks(paper: object): object {
  return { ...paper, references: undefined, citedBy: undefined };
}

/**
 * What RIS keeps of names: it has no way to say that a name without given name, or with a comma in it, has parts.
 */
function withWholeNames(paper: Paper): Paper {
  const whole = (name: PersonName): PersonName =>
    'literal' in name || (name.given !== undefined && !displayName(name).includes(','))
      ? name
      : { literal: displayName(name) };
  const list = (names: readonly PersonName[] = []) => (names.length > 0 ? names.map(whole) : undefined);
  return {
    ...paper,
    authorNames: paper.authorNames.map(whole),
    editors: list(paper.editors),
    translators: list(paper.translators),
  };
}

/** Exports papers and reads them as ingest would. */
async function reread(papers: readonly Paper[], format: ExportFormatName, reader: string): Promise<Paper[]> {
  const items = await readAll(readerOf(reader), exportPapers(papers, format));
  expect(noticesOf(items, 'rejected')).toEqual([]);
  return papersOf(items).map((paper) => normalizePaper(paper, SOURCE, {}));
}

describe.each(FORMATS)('%s', (format, reader, kept) => {
  test('any papers, exported and read again', async () => {
    await fc.assert(
      fc.asyncProperty(wildPapers, async (papers) => {
        const read = await reread(papers, format, reader);
        expect(read.map(kept)).toEqual(papers.map(kept));
      }),
      { numRuns: 80 },
    );
  });

  test('is recognised', () => {
    const papers = [paperOf({ title: 'Minding the Gap', authors: ['Ada Song'], year: 2025 })];
    expect(detectReader(exportPapers(papers, format), 'export')?.format).toBe(reader);
  });

  test('no papers are an empty file or list', async () => {
    expect(await reread([], format, reader)).toEqual([]);
  });
});
