import { isUnpublished } from '../acceptance.ts';
import type { Paper } from '../paper.ts';
import { hasLinks } from '../references.ts';
import type { ExportFormatName } from './formats.ts';

/** What a paper has that is not written, by format. A format that is not here writes everything, or is not to be read again. */
const LEFT_OUT: Readonly<Partial<Record<ExportFormatName, (paper: Paper) => readonly string[]>>> = {
  bibtex: (paper) => [...fieldsOfOthers(paper, 'bibtex'), ...ofTheMeeting(paper), ...worksOf(paper)],
  'csl-json': ofTheMeeting,
  ris: (paper) => [
    ...ofTheMeeting(paper),
    ...fieldsOfOthers(paper, 'ris'),
    ...(paper.bookAuthors === undefined ? [] : ['authors of the book']),
    ...(paper.urls.code === undefined ? [] : ['link to the code']),
    ...(paper.tldr === undefined ? [] : ['short summary']),
    ...worksOf(paper),
  ],
  'zotero-rdf': (paper) => [
    ...ofTheMeeting(paper),
    ...(hasMoreThanZotero(paper) ? ['publication details (edition, place, series, …)'] : []),
    ...(paper.categories.length === 0 ? [] : ['categories']),
    ...(paper.bookAuthors === undefined ? [] : ['authors of the book']),
    ...worksOf(paper),
  ],
  csv: (paper) => [
    ...(paper.session === undefined ? [] : ['session']),
    ...(paper.publication === undefined ? [] : ['publication details (type, volume, pages, publisher, …)']),
    ...(paper.editors === undefined ? [] : ['editors']),
    ...(paper.translators === undefined ? [] : ['translators']),
    ...(paper.bookAuthors === undefined ? [] : ['authors of the book']),
    ...worksOf(paper),
  ],
};

/**
 * What of papers cannot be said in a format, with the number of papers that have it: `annote (2 papers)`.
 * @returns empty when nothing is left out; the most frequent first.
 */
export function leftOut(papers: readonly Paper[], format: ExportFormatName): string[] {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    for (const name of new Set(LEFT_OUT[format]?.(paper))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} (${count} ${count === 1 ? 'paper' : 'papers'})`);
}

/** When and how a paper was presented. That a venue did not accept it is a note of the citation. */
function ofTheMeeting({ session, acceptance }: Paper): string[] {
  return [
    ...(session === undefined ? [] : ['session']),
    ...(acceptance === undefined || isUnpublished(acceptance) ? [] : ['acceptance']),
  ];
}

/** The works that a paper cites, and that cite it. */
function worksOf(paper: Paper): string[] {
  return hasLinks(paper) ? ['references'] : [];
}

/** Fields that another format has and this one has not: `bibtex:annote`. */
function fieldsOfOthers({ publication }: Paper, format: string): string[] {
  return Object.keys(publication?.other ?? {}).filter((name) => !name.startsWith(`${format}:`));
}

/** Members of a publication that are written for Zotero. */
const OF_ZOTERO = new Set<string>([
  'type',
  'sourceType',
  'key',
  'volume',
  'issue',
  'number',
  'pages',
  'language',
  'note',
  'publisher',
  'institution',
]);

function hasMoreThanZotero({ publication = {} }: Paper): boolean {
  return Object.keys(publication).some((name) => !OF_ZOTERO.has(name));
}
