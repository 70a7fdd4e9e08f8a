import { dateOfParts, dateOfText, type PublicationDate } from '../../dates.ts';
import { ID_KINDS } from '../../id-kinds.ts';
import { MONTHS } from '../../months.ts';
import { givenNameFirst } from '../../names.ts';
import { latexToText } from '../latex.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import { OWN_DATE_FIELD, OWN_ID_FIELD } from '../own-export.ts';
import type { RecordResult } from '../record.ts';

/** The paper of an entry's fields (names in lower case, values as the file has them). */
export function toPaper(fields: ReadonlyMap<string, string>): RecordResult {
  const read = (...names: string[]) =>
    names.map((name) => latexToText(fields.get(name) ?? '').trim()).find((text) => text !== '');
  const id = read(OWN_ID_FIELD);
  // What we wrote has no markup.
  const plain = id === undefined ? plainText : (text: string) => text;
  const title = plain(read('title') ?? '');
  const abstract = plain(read('abstract') ?? '');
  if (!title && !abstract) {
    return { rejected: { field: 'title', reason: 'The entry has neither title nor abstract.' } };
  }
  // Addresses are no prose: dashes and tildes stay.
  const url = fields.get('url')?.replace(/\\([%&#_~])/g, '$1');
  const fromUrl = idsInUrls(url);
  const isArxiv = /^arxiv$/i.test(read('archiveprefix', 'eprinttype') ?? '');
  const eprint = fields.get('eprint')?.replace(/^arxiv:|v\d+$/gi, '');
  const paper = {
    title,
    abstract,
    authors: splitAuthors(fields.get('author') ?? '').map(nameText),
    venue: read('booktitle', 'journal', 'journaltitle', 'eventtitle', 'series'),
    ...dateOf(read('date'), read('year'), fields.get('month')),
    keywords: read('keywords', 'keyword')?.split(/[,;]/),
    categories: read('primaryclass', 'eprintclass')?.split(/\s+/),
    urls: { landing: url, pdf: fields.get('pdf') ?? (url && /\.pdf$/i.test(url) ? url : undefined) },
    externalIds: {
      ...fromUrl,
      doi: fields.get('doi') ?? fromUrl.doi,
      pmid: fields.get('pmid') ?? fromUrl.pmid,
      pmcid: fields.get('pmcid') ?? fromUrl.pmcid,
      dblp: fields.get('dblp'),
      arxiv: isArxiv || looksLikeArxiv(eprint) ? eprint : fromUrl.arxiv,
    },
  };
  if (id === undefined) return { paper, dropped: [] };
  const own = {
    id,
    year: dateOfText(read('year')).year,
    date: read('date', OWN_DATE_FIELD),
    keywords: splitList(read('keywords')),
    categories: splitList(read('categories')),
    urls: { landing: url, pdf: fields.get('pdf') },
    externalIds: {
      ...Object.fromEntries(ID_KINDS.map((kind) => [kind, read(kind)])),
      doi: fields.get('doi'),
      arxiv: fields.get('eprint'),
    },
  };
  return { paper: { ...paper, ...own }, dropped: [] };
}

function looksLikeArxiv(eprint = ''): boolean {
  return /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/.test(eprint);
}

/** The names of a list joined by "and", braces kept; "others" stands for nobody. */
function splitAuthors(authors: string): string[] {
  const list = authors.replace(/\s+/g, ' ');
  const names: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: found, index } of list.matchAll(/[{}]| and /gi)) {
    if (found === '{') depth++;
    else if (found === '}') depth--;
    else if (depth === 0) {
      names.push(list.slice(start, index));
      start = index + found.length;
    }
  }
  return [...names, list.slice(start)]
    .map((name) => name.trim())
    .filter((name) => !/^(?:others)?$/i.test(name));
}

/** A name in braces is a group's and has no first name. */
function nameText(name: string): string {
  return latexToText(/^\{(?:[^{}]|\{[^{}]*\})*\}$/.test(name) ? name : givenNameFirst(name));
}

/** A list as we write it: parted by semicolons where there are any: commas are inside values then. */
function splitList(text: string | undefined): string[] | undefined {
  return text?.split(text.includes(';') ? ';' : ',');
}

function dateOf(date: string | undefined, year: string | undefined, month = ''): PublicationDate {
  const whole = dateOfText(date ?? year);
  if (date !== undefined || whole.year === undefined || month === '') return whole;
  const named = MONTHS.findIndex((name) => month.toLowerCase().includes(name)) + 1;
  return dateOfParts([whole.year, named || Number.parseInt(month, 10) || undefined]);
}
