import { dateOfParts, dateOfText, type PublicationDate } from '../../dates.ts';
import { ID_KINDS } from '../../id-kinds.ts';
import { MONTHS } from '../../months.ts';
import type { LatexCommands } from '../latex-commands.ts';
import { latexToText } from '../latex-to-text.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import {
  NO_DATE,
  OWN_CODE_FIELD,
  OWN_DATE_FIELD,
  OWN_ID_FIELD,
  OWN_ISBN_FIELD,
  OWN_TLDR_FIELD,
  OWN_TYPE_FIELD,
  ownTypeOf,
} from '../own-export.ts';
import type { RecordResult } from '../record.ts';
import { namesOf } from './people.ts';
import { publicationOfEntry } from './publication.ts';
import { cslTypeOfEntry, isPartOfBook, isVerbatim } from './types.ts';

/** Paths on the user's disk: no one else can open them, and they may reveal the user's name. */
export const LEFT_OUT = /^(?:file|files|local-url|bdsk-file-\d+)$/;

/** An entry's type, key and fields: names in lower case, values as in the file. */
export interface EntryFields {
  readonly type: string;
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** The paper of an entry. @param onUnknown called with each command of LaTeX that is not known. */
export function toPaper(
  { type, key, fields }: EntryFields,
  commands: LatexCommands,
  onUnknown: (command: string) => void,
): RecordResult {
  const used = new Set(['crossref', 'xdata']);
  const toText = (latex: string) => latexToText(latex, commands, onUnknown);
  const raw = (name: string) => {
    used.add(name);
    return fields.get(name)?.trim() || undefined;
  };
  const texts = new Map<string, string>();
  const textOf = (name: string) => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const value = fields.get(name) ?? '';
    const text = (isVerbatim(name) ? address(value) : toText(value)).trim();
    texts.set(name, text);
    return text;
  };
  const read = (...names: readonly string[]) => {
    const found = names.find((name) => fields.has(name) && textOf(name) !== '');
    if (found !== undefined) used.add(found);
    return found === undefined ? undefined : textOf(found);
  };
  const id = read(OWN_ID_FIELD);
  // What we wrote has no markup.
  const plain = id === undefined ? plainText : (text: string) => text;
  const title = plain(titleOf(read));
  const abstract = plain(read('abstract') ?? '');
  if (!title && !abstract) {
    return { rejected: { field: 'title', reason: 'The entry has neither title nor abstract.' } };
  }
  const url = raw('url') && address(raw('url')!);
  const fromUrl = idsInUrls(url);
  const isArxiv = /^arxiv$/i.test(read('archiveprefix', 'eprinttype') ?? '');
  const eprint = raw('eprint')?.replace(/^arxiv:|v\d+$/gi, '');
  const authors = namesOf(raw('author'), toText);
  const editors = namesOf(raw('editor'), toText).names;
  const translators = namesOf(raw('translator'), toText).names;
  const bookAuthors = namesOf(raw('bookauthor'), toText).names;
  // In our own exports, an event's name is not used as the venue.
  const venue = id === undefined ? venueOf(type, read) : undefined;
  const isArxivId = isArxiv || looksLikeArxiv(eprint);
  if (!isArxivId) for (const name of ['eprint', 'archiveprefix', 'eprinttype']) used.delete(name);
  const pdf = raw('pdf');
  const inexact = inexactDates((name) => read(name));
  const ownType = id === undefined ? undefined : ownTypeOf(read(OWN_TYPE_FIELD));
  const own = id === undefined ? {} : ownFields(id, isPartOfBook(cslTypeOfEntry(type)), read, raw);
  const paper = {
    title,
    abstract,
    authors: authors.names,
    editors,
    translators,
    bookAuthors,
    venue,
    ...dateOf(read('date'), read('year'), raw('month'), read('day')),
    keywords: read('keywords', 'keyword')?.split(/[,;]/),
    categories: read('primaryclass', 'eprintclass')?.split(/\s+/),
    urls: { landing: url, pdf: pdf ?? (url && /\.pdf$/i.test(url) ? url : undefined) },
    externalIds: {
      ...fromUrl,
      doi: raw('doi') ?? fromUrl.doi,
      pmid: raw('pmid') ?? fromUrl.pmid,
      pmcid: raw('pmcid') ?? fromUrl.pmcid,
      dblp: raw('dblp'),
      arxiv: isArxivId ? eprint : fromUrl.arxiv,
    },
    ...own,
  };
  const unread = () =>
    [...fields.keys()]
      .filter((name) => (!used.has(name) || inexact.includes(name)) && !LEFT_OUT.test(name))
      .map((name) => [name, textOf(name)] as const);
  const publication = publicationOfEntry({ type, key, hasMore: authors.hasMore, own: ownType, read, unread });
  return { paper: { ...paper, publication }, dropped: [] };
}

/** Fields as we write them. */
function ownFields(
  id: string,
  isPart: boolean,
  read: (...names: readonly string[]) => string | undefined,
  raw: (name: string) => string | undefined,
): object {
  return {
    id,
    venue: read(isPart ? 'booktitle' : 'journal'),
    year: dateOfText(read('year')).year,
    date: ownDate(read),
    keywords: splitList(read('keywords')),
    categories: splitList(read('categories')),
    tldr: read(OWN_TLDR_FIELD),
    urls: { landing: raw('url'), pdf: raw('pdf'), code: raw(OWN_CODE_FIELD) },
    externalIds: {
      ...Object.fromEntries(ID_KINDS.map((kind) => [kind, read(kind === 'isbn' ? OWN_ISBN_FIELD : kind)])),
      doi: raw('doi'),
      arxiv: /^arxiv$/i.test(read('archiveprefix') ?? '') ? raw('eprint') : undefined,
    },
  };
}

/** The title with its subtitle. Without a title, the field used in its place: for a volume, the title of the work. */
function titleOf(read: (...names: readonly string[]) => string | undefined): string {
  const title = joined(read('title'), read('subtitle'));
  return (
    title ??
    joined(read('maintitle'), read('mainsubtitle')) ??
    read('titleaddon', 'issuetitle', 'shorttitle') ??
    ''
  );
}

/** What a paper appeared in: of a part of a book the book, of others the journal. */
function venueOf(
  type: string,
  read: (...names: readonly string[]) => string | undefined,
): string | undefined {
  const book = () => joined(read('booktitle'), read('booksubtitle'));
  const journal = () => joined(read('journal', 'journaltitle'), read('journalsubtitle'));
  const [first, second] = isPartOfBook(cslTypeOfEntry(type)) ? [book, journal] : [journal, book];
  return first() ?? second() ?? read('eventtitle') ?? read('maintitle');
}

/** Title and subtitle as one: a colon parts them where no other sign does. */
function joined(title: string | undefined, subtitle: string | undefined): string | undefined {
  if (title === undefined || subtitle === undefined) return title ?? subtitle;
  return `${title}${/[.?!:;,–—]$/u.test(title) ? '' : ':'} ${subtitle}`;
}

/** An address without the backslashes and commands that LaTeX wants in it. */
function address(value: string): string {
  return value
    .trim()
    .replace(/^\\url\s*\{([^{}]*)\}$/, '$1')
    .replace(/\\([%&#_~{}$])/g, '$1')
    .replace(/\{\\textasciitilde\}|\\textasciitilde(?:\{\})?|\{~\}|\$\\sim\$/g, '~')
    .replace(/\{\\_\}|\\_/g, '_');
}

function looksLikeArxiv(eprint = ''): boolean {
  return /^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?$/.test(eprint);
}

/** A list as we write it: parted by semicolons where there are any: commas are inside values then. */
function splitList(text: string | undefined): string[] | undefined {
  return text?.split(text.includes(';') ? ';' : ',');
}

function dateOf(date: string | undefined, year: string | undefined, month = '', day = ''): PublicationDate {
  const whole = dateOfText(date ?? year);
  if (date !== undefined || whole.year === undefined || month === '') return whole;
  const named = MONTHS.findIndex((name) => month.toLowerCase().includes(name)) + 1;
  return dateOfParts([
    whole.year,
    named || Number.parseInt(month, 10) || undefined,
    Number.parseInt(day, 10) || undefined,
  ]);
}

/** The date of an entry that we wrote. */
function ownDate(read: (...names: readonly string[]) => string | undefined): string | undefined {
  const own = read(OWN_DATE_FIELD);
  if (own !== undefined) return own === NO_DATE ? undefined : own;
  return exactDate(read('date')) ?? dateOf(undefined, read('year'), read('month')).date;
}

/** A date that is all read; undefined for any other text. */
function exactDate(date: string | undefined): string | undefined {
  return dateOfText(date).date === date ? date : undefined;
}

/** Fields of a date that say more than the date that was read: they are kept as they are. */
function inexactDates(read: (name: string) => string | undefined): string[] {
  const date = read('date');
  const year = read('year') ?? '';
  const found = dateOfText(date ?? year);
  const isExactYear = year === '' || year === String(found.year);
  return [
    ...(date !== undefined && found.date !== date ? ['date'] : []),
    ...(isExactYear ? [] : ['year']),
    ...(/^(?:\d{1,2}|\p{L}+)?$/u.test(read('month') ?? '') ? [] : ['month']),
  ];
}
