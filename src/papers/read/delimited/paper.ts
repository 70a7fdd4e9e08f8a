import { acceptanceOf } from '../../acceptance.ts';
import { statusIn } from '../../citation-note.ts';
import { dateOfText } from '../../dates.ts';
import { nameAsShown } from '../../names.ts';
import { publicationOf } from '../../publication.ts';
import { type PaperStatus, statusKindOf } from '../../status.ts';
import { idsInExtra } from '../extra-field.ts';
import { type ColumnField, isJoined } from '../field-names.ts';
import { codeLink, idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import { namesInCell } from '../name-list.ts';
import { FORMULA_GUARD } from '../own-export.ts';
import type { RecordResult } from '../record.ts';
import type { Header } from './columns.ts';

/** The paper of a row. Each field is read from the first of its columns that has a value in this row. */
export function toPaper(cells: readonly string[], { places, isOurs }: Header): RecordResult {
  const cellsOf = (field: ColumnField) =>
    (places[field] ?? []).flatMap((place) => {
      const cell = cells[place]?.trim() ?? '';
      const text = isOurs && cell.startsWith(FORMULA_GUARD) ? cell.slice(1) : cell;
      return text === '' ? [] : [text];
    });
  const read = (field: ColumnField): string | undefined => cellsOf(field)[0];
  const plain = isOurs ? (text: string) => text : plainText;
  const title = plain(read('title') ?? '');
  const abstract = plain(read('abstract') ?? '');
  if (!title && !abstract) {
    return { rejected: { field: 'title', reason: 'The row has neither title nor abstract.' } };
  }
  const year = read('year');
  // Spreadsheets make "2031.0" of a year.
  const found = dateOfText(year?.replace(/^(\d{4})\.0*$/, '$1'));
  const date = dateOfText(read('date'));
  const split = (list = '') => (isOurs ? trimmed(list.split(';')) : splitList(list));
  const lists = (field: ColumnField) =>
    isJoined(field) ? [...new Set(cellsOf(field).flatMap(split))] : split(read(field));
  const isYear = year === undefined || found.year !== undefined;
  const url = read('url');
  const pdf = read('pdf');
  const code = codeLink(read('code'));
  const ids = { ...idsInUrls(url, pdf), ...idsInExtra(read('extra')) };
  const session = { name: read('session'), hall: read('hall'), start: read('start'), end: read('end') };
  const paper = {
    id: read('id'),
    title,
    abstract,
    authors: isOurs ? split(read('authors')).map(nameAsShown) : namesInCell(read('authors') ?? ''),
    venue: read('venue'),
    publication: publicationOf({ language: read('language') }),
    year: found.year ?? (isOurs ? undefined : date.year),
    date: isOurs ? read('date') : date.date,
    keywords: lists('keywords'),
    categories: lists('categories'),
    tldr: read('tldr') && plain(read('tldr')!),
    urls: { landing: url, pdf, code: code.url },
    session: session.name === undefined && session.hall === undefined ? undefined : session,
    acceptance: acceptanceOf(read('acceptance')),
    status: statusOf(read('status')),
    externalIds: {
      ...ids,
      doi: read('doi') ?? ids.doi,
      arxiv: read('arxiv') ?? ids.arxiv,
      pmid: read('pmid') ?? ids.pmid,
      openreview: read('openreview') ?? ids.openreview,
    },
  };
  const reason = `"${year}" is not a year; the field was left out.`;
  return { paper, dropped: [...(isYear ? [] : [{ field: 'year', reason }]), ...(code.problem ?? [])] };
}

/** "Retracted", or "true" in a column of that name. */
function statusOf(text = ''): PaperStatus | undefined {
  const ours = statusIn(text);
  if (ours) return ours;
  const kind = /^(?:true|yes|1)$/i.test(text) ? 'retracted' : statusKindOf(text);
  return kind && { kind, source: 'table' };
}

function splitList(text: string): string[] {
  return trimmed(text.split(/[;|]/.test(text) ? /[;|]/ : ','));
}

function trimmed(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
