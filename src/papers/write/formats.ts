import { PaperSearchError } from '../../errors.ts';
import { asCited } from '../citation-note.ts';
import type { Paper } from '../paper.ts';
import { toBibtex } from './bibtex.ts';
import { toCitations } from './citation.ts';
import { toCsl } from './csl.ts';
import { toCsv } from './csv.ts';
import { toMarkdown } from './markdown.ts';
import { toRis } from './ris.ts';
import { toZoteroRdf } from './zotero-rdf.ts';

/** A format that papers are written in. */
export interface ExportFormat {
  /** What it is called in parameters and options. */
  readonly name: string;
  /** As a response names it; texts are in UTF-8. */
  readonly mediaType: string;
  /** Of a file, without its dot. */
  readonly extension: string;
  readonly description: string;
}

/** Every format that papers can be written in. All but `markdown` and `text` can be read again. */
export const EXPORT_FORMATS = [
  {
    name: 'bibtex',
    mediaType: 'application/x-bibtex',
    extension: 'bib',
    description: 'BibTeX, which BibLaTeX, JabRef and Zotero read too',
    write: (papers) => toBibtex(papers.map(asCited)),
  },
  {
    name: 'ris',
    mediaType: 'application/x-research-info-systems',
    extension: 'ris',
    description: 'RIS, for EndNote, Mendeley and Zotero',
    write: (papers) => toRis(papers.map(asCited)),
  },
  {
    name: 'csl-json',
    mediaType: 'application/vnd.citationstyles.csl+json',
    extension: 'csl.json',
    description: 'CSL-JSON, for pandoc, Zotero and citeproc',
    write: (papers) => toCsl(papers.map(asCited)),
  },
  {
    name: 'zotero-rdf',
    mediaType: 'application/rdf+xml',
    extension: 'rdf',
    description: 'a library for Zotero',
    write: (papers) => toZoteroRdf(papers.map(asCited)),
  },
  {
    name: 'csv',
    mediaType: 'text/csv',
    extension: 'csv',
    description: 'a table with a header, for spreadsheets',
    write: toCsv,
  },
  {
    name: 'markdown',
    mediaType: 'text/markdown',
    extension: 'md',
    description: 'a list with links',
    write: toMarkdown,
  },
  {
    name: 'json',
    mediaType: 'application/json',
    extension: 'json',
    description: 'everything that is known of each paper, as a list',
    write: (papers) => `${JSON.stringify(papers, null, 2)}\n`,
  },
  {
    name: 'jsonl',
    mediaType: 'application/x-ndjson',
    extension: 'jsonl',
    description: 'everything that is known of each paper, one a line',
    write: (papers) => papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''),
  },
  {
    name: 'text',
    mediaType: 'text/plain',
    extension: 'txt',
    description: 'a citation a line',
    write: toCitations,
  },
] as const satisfies readonly (ExportFormat & { write: (papers: readonly Paper[]) => string })[];

export type ExportFormatName = (typeof EXPORT_FORMATS)[number]['name'];

/** Names of the formats, for schemas and options. */
export const EXPORT_FORMAT_NAMES = EXPORT_FORMATS.map(({ name }) => name) as [
  ExportFormatName,
  ...ExportFormatName[],
];

/**
 * The format of a name. @throws PaperSearchError BAD_REQUEST for a name that there is not, with those that there are.
 */
export function exportFormat(name: string): (typeof EXPORT_FORMATS)[number] {
  const format = EXPORT_FORMATS.find((known) => known.name === name);
  if (format) return format;
  const known = EXPORT_FORMAT_NAMES;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `Papers cannot be exported as "${name}". Known are: ${known.join(', ')}.`,
    { details: { format: name, known } },
  );
}

/**
 * Papers as the text of a file, ending in a line end unless it is empty.
 * @param papers in the order wanted, each once. @param format one of EXPORT_FORMATS by its name.
 * @throws PaperSearchError BAD_REQUEST for a format that there is not.
 */
export function exportPapers(papers: readonly Paper[], format: ExportFormatName): string {
  return exportFormat(format).write(papers);
}
