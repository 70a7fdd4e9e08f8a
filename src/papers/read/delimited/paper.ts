import { dateOfText } from '../../dates.ts';
import { nameAsShown } from '../../names.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import { FORMULA_GUARD } from '../own-export.ts';
import type { RecordResult } from '../record.ts';
import type { ColumnField, ColumnPlaces } from './columns.ts';

/** The paper of a row. @param isOurs whether the table is an export of ours: its cells have no markup. */
export function toPaper(cells: readonly string[], places: ColumnPlaces, isOurs: boolean): RecordResult {
  const read = (field: ColumnField) => {
    const place = places[field];
    const cell = place === undefined ? '' : (cells[place]?.trim() ?? '');
    return (isOurs && cell.startsWith(FORMULA_GUARD) ? cell.slice(1) : cell) || undefined;
  };
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
  const isYear = year === undefined || found.year !== undefined;
  const url = read('url');
  const pdf = read('pdf');
  const ids = idsInUrls(url, pdf);
  const paper = {
    id: read('id'),
    title,
    abstract,
    authors: isOurs ? split(read('authors')).map(nameAsShown) : splitNames(read('authors') ?? ''),
    venue: read('venue'),
    year: found.year ?? (isOurs ? undefined : date.year),
    date: isOurs ? read('date') : date.date,
    keywords: split(read('keywords')),
    categories: split(read('categories')),
    urls: { landing: url, pdf },
    externalIds: { ...ids, doi: read('doi') ?? ids.doi, arxiv: read('arxiv') ?? ids.arxiv },
  };
  const reason = `"${year}" is no year; the field was left out.`;
  return { paper, dropped: isYear ? [] : [{ field: 'year', reason }] };
}

/** "A; B", "A|B", "A and B", or "A B, C D" to names; "Perlis, A. J." is one. */
function splitNames(text: string): string[] {
  const separator = [/;/, /\|/, /\sand\s/].find((each) => each.test(text));
  if (separator) return trimmed(text.split(separator));
  const parts = trimmed(text.split(','));
  return parts.every((part) => /\S\s+\S/.test(part) && !/^(?:\p{Lu}\.[\s-]*)+$/u.test(part)) ? parts : [text];
}

function splitList(text: string): string[] {
  return trimmed(text.split(/[;|]/.test(text) ? /[;|]/ : ','));
}

function trimmed(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
