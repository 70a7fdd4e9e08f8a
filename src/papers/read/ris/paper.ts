import { dateOfText } from '../../dates.ts';
import { ID_KINDS } from '../../id-kinds.ts';
import { pageRange } from '../../pages.ts';
import { type Publication, publicationOf } from '../../publication.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import { OWN_NAME, ownTypeOf, RIS_HAS_NO_TAG } from '../own-export.ts';
import type { RawPaper } from '../reader.ts';
import type { RecordResult } from '../record.ts';
import { nameOfRis } from './names.ts';
import type { RisRecord } from './records.ts';
import { cslTypeOfReference, isWholeBook } from './types.ts';

/** The values of a record by tag; reading one counts as having used it. */
class Values {
  #values: RisRecord['values'];
  /** Values by tag that were read. */
  readonly #used = new Map<string, number>();

  constructor(values: RisRecord['values']) {
    this.#values = values;
  }

  /** All values of a tag that are not empty. */
  of(tag: string): string[] {
    return (this.#values.get(tag) ?? []).map((value) => value.trim()).filter((value) => value !== '');
  }

  /** All values of the first tag that has any. */
  all(...tags: readonly string[]): string[] {
    const tag = tags.find((each) => this.of(each).length > 0);
    if (tag === undefined) return [];
    this.#used.set(tag, Number.POSITIVE_INFINITY);
    return this.of(tag);
  }

  /** The first value of the first tag that has one. */
  first(...tags: readonly string[]): string | undefined {
    const tag = tags.find((each) => this.of(each).length > 0);
    if (tag === undefined) return undefined;
    this.#used.set(tag, Math.max(this.#used.get(tag) ?? 0, 1));
    return this.of(tag)[0];
  }

  /** The values of a tag that match; the others stay unread. */
  take(tag: string, pattern: RegExp): RegExpExecArray[] {
    const found = this.of(tag).map((value) => pattern.exec(value));
    const rest = this.of(tag).filter((_, at) => found[at] === null);
    this.#values = new Map(this.#values).set(tag, rest);
    return found.filter((match) => match !== null);
  }

  /** What was not read, by tag; values of one tag as paragraphs. */
  unread(): [string, string][] {
    return [...this.#values.keys()].flatMap((tag): [string, string][] => {
      const rest = this.of(tag).slice(this.#used.get(tag) ?? 0);
      return rest.length === 0 ? [] : [[tag, rest.map((value) => value.replace(/\n+/g, ' ')).join('\n\n')]];
    });
  }
}

/** A date whose parts are all read. */
const EXACT_DATE = /^\d{4}(?:\/\d{0,2}){0,2}\/?$|^\d{4}-\d{1,2}(?:-\d{1,2})?$/;
/** What our exports write under C1: `name:value`. */
const OWN_VALUE = new RegExp(
  `^(date|type|publisher|institution|category|${ID_KINDS.join('|')}|hasMoreAuthors|${RIS_HAS_NO_TAG.join('|')}):([\\s\\S]*)$`,
);
/** Paths on the user's disk. */
const LOCAL_FILE = /^(?:file:|internal-pdf:|[a-z]:\\|\/|\\\\)/i;

/** The paper of a record. */
export function toPaper(record: RisRecord): RecordResult {
  const values = new Values(record.values);
  const { all, first } = {
    all: (...tags: string[]) => values.all(...tags),
    first: (...tags: string[]) => values.first(...tags),
  };
  const type = (first('TY') ?? '').toUpperCase();
  // What we wrote has no markup.
  const isOurs = values.of('DB')[0] === OWN_NAME;
  if (isOurs) first('DB');
  const plain = isOurs ? (text: string) => text : plainText;
  // The title of a book is under BT where there is none of a chapter.
  const title = plain(first('TI', 'T1', 'CT', 'BT') ?? '');
  const abstract = plain(first('AB', 'N2') ?? '');
  if (!title && !abstract) {
    return { rejected: { field: 'TI', reason: 'The record has neither title nor abstract.' } };
  }
  const urls = all('UR', 'L2', 'LK').flatMap((value) => value.split(/[;\s]+/));
  const fromUrls = idsInUrls(...urls);
  const date = values.of('DA')[0]?.match(/^\d{4}/) ? first('DA') : first('PY', 'Y1', 'DA');
  const isBook = isWholeBook(type);
  const pdf = all('L1').find((value) => /^https?:/i.test(value));
  const paper = {
    title,
    abstract,
    authors: all('AU', 'A1').map(nameOfRis),
    editors: editorsOf(values, type).map(nameOfRis),
    translators: all('A4').map(nameOfRis),
    venue: isBook ? first('C3') : first('T2', 'JO', 'JF', 'BT', 'C3', 'JA', 'J2'),
    ...dateOfText(date),
    keywords: all('KW').flatMap((value) => value.split(/[\n;]/)),
    urls: { landing: urls[0], pdf },
    externalIds: { ...fromUrls, doi: first('DO', 'DI') ?? fromUrls.doi },
  };
  const own = isOurs ? ownFields(paper, values) : undefined;
  const known = own === undefined ? undefined : { ...ownTypeOf(own.type), ...own.publication };
  const publication = publicationOfRis(values, type, known, own === undefined ? urls.slice(1) : []);
  const cutOff = { field: 'ER', reason: 'The record is not closed by ER; it may be cut off.' };
  return { paper: { ...paper, ...own?.paper, publication }, dropped: record.isClosed ? [] : [cutOff] };
}

/** Editors: of a whole book A2 is as good as ED; of an article it is who knows what. */
function editorsOf(values: Values, type: string): string[] {
  const editors = values.all('ED');
  return editors.length > 0 || type === 'JOUR' ? editors : values.all('A2');
}

function publicationOfRis(
  values: Values,
  type: string,
  known: Publication | undefined,
  moreUrls: readonly string[],
): Publication | undefined {
  const first = (...tags: string[]) => values.first(...tags);
  const cslType = known === undefined ? cslTypeOfReference(type) : known.type;
  const isBook = isWholeBook(type);
  const publisher = first('PB');
  const isIssued = cslType === 'thesis' || cslType === 'report';
  const serials = values.all('SN').flatMap((value) => value.split(/\s*[;,]\s*/));
  const isIssn = (value: string) =>
    /^(?:ISSN:?\s*)?\d{4}-?\d{3}[\dX]\b/i.test(value) && !/^97[89]/.test(value);
  const accessed = values.of('Y2')[0];
  const issue = first('IS', 'CP');
  const isNumber = cslType === 'report' || (known?.number !== undefined && known.number === issue);
  const members = {
    type: cslType,
    sourceType: type === '' ? undefined : `ris:${type}`,
    key: first('ID'),
    genre: first('M3'),
    volume: first('VL', 'VO'),
    issue: isNumber ? undefined : issue,
    number: isNumber ? issue : undefined,
    pages: pageRange(first('SP'), first('EP')),
    edition: first('ET'),
    publisher: isIssued || publisher === known?.institution ? undefined : publisher,
    institution: isIssued && publisher !== known?.publisher ? publisher : undefined,
    place: first('CY', 'PP'),
    series: first(...(isBook ? ['T2', 'T3'] : ['T3'])),
    isbn: serials.filter((value) => !isIssn(value)).join(', '),
    issn: serials.filter(isIssn).join(', '),
    language: first('LA'),
    note: values.all('N1').join('\n\n'),
    shortTitle: first('ST'),
    shortVenue: first('J2', 'JA'),
    numberOfVolumes: first('NV'),
    accessed: EXACT_DATE.test(accessed ?? '') ? dateOfText(first('Y2')).date : undefined,
  };
  const dates = ['DA', 'PY', 'Y1'].flatMap((tag): [string, string][] => {
    const inexact = values.of(tag)[0];
    return inexact === undefined || EXACT_DATE.test(inexact) ? [] : [[tag, inexact]];
  });
  const links = moreUrls.filter((url) => url !== '').join('\n\n');
  const others = [
    ...values.unread().filter(([tag]) => !['DA', 'PY', 'Y1'].includes(tag)),
    ...dates,
    ['UR', links],
  ];
  return publicationOf({
    ...members,
    ...known,
    other: Object.fromEntries(
      others.flatMap(([tag, value = '']) => (LOCAL_FILE.test(value) ? [] : [[`ris:${tag}`, value]])),
    ),
  });
}

/** What an export of ours has under tags that others use in other ways. */
function ownFields(
  { date, urls, externalIds }: Partial<RawPaper>,
  values: Values,
): {
  paper: Partial<RawPaper>;
  type: string | undefined;
  publication: Publication;
} {
  const others = values.take('C1', OWN_VALUE).map(([, name, text]): [string, string] => [name!, text!]);
  const { date: otherDate, type, publisher, institution, hasMoreAuthors } = Object.fromEntries(others);
  const paper = {
    id: values.first('AN'),
    year: dateOfText(values.of('PY')[0]).year,
    date: otherDate ?? (values.of('DA')[0] === undefined ? undefined : date),
    categories: others.flatMap(([name, value]) => (name === 'category' ? [value] : [])),
    urls: { landing: values.of('UR')[0], pdf: urls?.pdf },
    externalIds: {
      ...Object.fromEntries(others.filter(([name]) => ID_KINDS.some((kind) => kind === name))),
      doi: externalIds?.doi,
    },
  };
  const said = Object.fromEntries(others.filter(([name]) => RIS_HAS_NO_TAG.some((each) => each === name)));
  return {
    paper,
    type,
    publication: {
      ...said,
      ...(publisher !== undefined && { publisher }),
      ...(institution !== undefined && { institution }),
      ...(hasMoreAuthors !== undefined && { hasMoreAuthors: true }),
    },
  };
}
