import { stringify } from 'csv-stringify/sync';
import type { Paper } from '../paper.ts';
import { FORMULA_GUARD, OWN_ID_FIELD } from '../read/own-export.ts';
import { statusText } from '../status.ts';

/** Characters that begin a formula in a spreadsheet, and the guard, so that an apostrophe of the text itself is kept. */
const FORMULA = /^[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20]/;

/** What a table has of a paper, by heading. */
export type CsvColumns = Readonly<Record<string, (paper: Paper) => string | undefined>>;

const COLUMNS: CsvColumns = {
  [OWN_ID_FIELD]: ({ id }) => id,
  title: ({ title }) => title,
  authors: ({ authors }) => listText(authors),
  year: ({ year }) => year?.toString(),
  date: ({ date }) => date,
  venue: ({ venue }) => venue,
  abstract: ({ abstract }) => abstract,
  keywords: ({ keywords }) => listText(keywords),
  categories: ({ categories }) => listText(categories),
  doi: ({ externalIds }) => externalIds.doi,
  arxiv: ({ externalIds }) => externalIds.arxiv,
  url: ({ urls }) => urls.landing,
  pdf: ({ urls }) => urls.pdf,
  'code url': ({ urls }) => urls.code,
  tldr: ({ tldr }) => tldr,
  acceptance: ({ acceptance }) => acceptance,
  'publication status': ({ status }) => status && statusText(status),
};

/**
 * Papers as CSV (RFC 4180, except that a line ends in one character), with a header. Cells that a spreadsheet would
 * run as a formula begin with an apostrophe. Values of a list are separated by semicolons.
 * @param more columns after those of every table. Default: none.
 */
export function toCsv(papers: readonly Paper[], more: CsvColumns = {}): string {
  const columns = { ...COLUMNS, ...more };
  const rows = papers.map((paper) => Object.values(columns).map((cell) => guarded(cell(paper) ?? '')));
  return stringify([Object.keys(columns), ...rows]);
}

function guarded(cell: string): string {
  return FORMULA.test(cell) ? `${FORMULA_GUARD}${cell}` : cell;
}

/** A semicolon in a value would part it. */
export function listText(values: readonly string[]): string {
  return values.map((value) => value.replaceAll(';', ',')).join('; ');
}
