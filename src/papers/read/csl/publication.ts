import { pageRange } from '../../pages.ts';
import { type Publication, type PublicationText, publicationOf } from '../../publication.ts';
import { FIELD, type FieldReader } from '../fields.ts';
import type { JsonObject } from '../json/records.ts';

/** Members of a publication by the variable of CSL. */
export const CSL_VARIABLES: Readonly<Partial<Record<PublicationText, string>>> = {
  genre: 'genre',
  volume: 'volume',
  issue: 'issue',
  number: 'number',
  pages: 'page',
  chapter: 'chapter-number',
  edition: 'edition',
  place: 'publisher-place',
  series: 'collection-title',
  isbn: 'ISBN',
  issn: 'ISSN',
  language: 'language',
  note: 'note',
  shortTitle: 'title-short',
  shortVenue: 'container-title-short',
  eventTitle: 'event-title',
  eventPlace: 'event-place',
  numberOfPages: 'number-of-pages',
  numberOfVolumes: 'number-of-volumes',
};

/** Variables that are read into other fields or recomputed. */
const READ = new Set([
  ...Object.values(CSL_VARIABLES),
  ...[
    'id',
    'type',
    'citation-key',
    'title',
    'abstract',
    'author',
    'editor',
    'translator',
    'container-author',
  ],
  ...[
    'container-title',
    'event',
    'issued',
    'accessed',
    'keyword',
    'keywords',
    'subject',
    'categories',
    'URL',
    'DOI',
  ],
  ...['link', 'publisher', 'custom', 'shortTitle', 'journalAbbreviation'],
]);
/** Names of Crossref's types that CSL has under another. */
const CROSSREF_TYPES: Readonly<Record<string, string>> = {
  'journal-article': 'article-journal',
  'proceedings-article': 'paper-conference',
  'book-chapter': 'chapter',
  'book-section': 'chapter',
  'posted-content': 'article',
  dissertation: 'thesis',
  monograph: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  proceedings: 'book',
  'report-component': 'report',
};

/** What an item of CSL-JSON says of its publication. Other variables are kept, but not those of Crossref's own. */
export function publicationOfItem(
  record: JsonObject,
  fields: FieldReader,
  accessed: string | undefined,
  isCrossref: boolean,
): Publication | undefined {
  const texts = Object.fromEntries(
    Object.entries(CSL_VARIABLES).map(([name, variable]) => [name, textOf(record[variable])]),
  );
  const type = fields.read(FIELD.text, 'type');
  const cslType = type && (CROSSREF_TYPES[type] ?? type);
  const publisher = textOf(record.publisher);
  const isIssued = cslType === 'thesis' || cslType === 'report';
  const others = isCrossref ? [] : Object.entries(record).filter(([name]) => !READ.has(name));
  return publicationOf({
    ...texts,
    shortTitle: texts.shortTitle ?? textOf(record.shortTitle),
    shortVenue: texts.shortVenue ?? textOf(record.journalAbbreviation),
    type: cslType,
    sourceType: type && `csl:${type}`,
    key: isCrossref ? undefined : textOf(record['citation-key'] ?? record.id),
    pages: pageRange(texts.pages),
    publisher: isIssued ? undefined : publisher,
    institution: isIssued ? publisher : undefined,
    accessed,
    other: Object.fromEntries(
      others.map(([name, value]) => [`csl:${name}`, textOf(value) ?? JSON.stringify(value)]),
    ),
  });
}

/** A text, a number, or a list of texts as one; undefined for anything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
  return isList ? value.join(', ') : undefined;
}
