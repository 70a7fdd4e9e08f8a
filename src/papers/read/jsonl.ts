import { acceptanceOf } from '../acceptance.ts';
import { dateOfText } from '../dates.ts';
import { ID_KINDS, type IdKind } from '../id-kinds.ts';
import { publicationOf } from '../publication.ts';
import { idsInExtra } from './extra-field.ts';
import { type ColumnField, fieldPlaces, nameKey } from './field-names.ts';
import { FIELD, FieldReader } from './fields.ts';
import { isObject, type JsonFormat, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { codeLink, idsInUrls } from './links.ts';
import { authorsIn, namesIn, publicationIn } from './own-json.ts';
import { creatorsOf, labelsOfJson, nameOfJson, peopleOfJson, tldrOfJson } from './people.ts';
import type { Reader } from './reader.ts';
import type { RecordResult } from './record.ts';
import { ownWorks, unnamedIn, worksInJson } from './references.ts';
import { statusOfJson } from './status-field.ts';
import { withTitles } from './titles.ts';

const FORMAT: JsonFormat = {
  format: 'jsonl',
  description: 'JSON of papers, one a line or in a list: title, abstract, authors, venue, year, …',
  files: ['*.jsonl', '*.json'],
  matches: (record) => {
    if ('_id' in record) return false;
    const { title, abstract = [] } = fieldPlaces(Object.keys(record));
    // Anything can have a name, and programs have a description.
    const isNamed = typeof record.name === 'string' && Array.isArray(record.authors);
    const isDescribed = abstract.some((at) => Object.keys(record)[at] !== 'description');
    return title !== undefined || isNamed || isDescribed;
  },
  toPaper,
};

/** The project's own format, papers with the members of `Paper`; and other JSON, by what its members are called. */
export const jsonlReader: Reader = {
  ...jsonReader(FORMAT),
  read: (source, defaults) => {
    let first: JsonObject = {};
    const reader = jsonReader({
      ...FORMAT,
      toPaper: (record) => {
        if (Object.keys(first).length === 0) first = record;
        return toPaper(record);
      },
    });
    const members = () => {
      const names = Object.keys(first)
        .slice(0, MAX_NAMES)
        .map((name) => `"${name.slice(0, 60)}"`);
      return `The members are ${names.join(', ')}. Rename the one with the title to "title".`;
    };
    const isOurs = () => isOwnRecord(first);
    return withTitles(source.file, reader.read(source, defaults), members, isOurs);
  },
};

const MAX_NAMES = 30;

/** Whether a record is a paper that we wrote. */
function isOwnRecord(record: JsonObject): boolean {
  return isObject(record.source) && 'format' in record.source;
}

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const members = Object.keys(record);
  const places = fieldPlaces(members);
  const names = (field: ColumnField) => (places[field] ?? []).map((at) => members[at]!);
  const text = (field: ColumnField) => fields.read(FIELD.text, ...names(field));
  const title = fields.read(FIELD.text, ...names('title'), 'name') ?? '';
  const abstract = text('abstract') ?? '';
  if (!title.trim() && !abstract.trim()) {
    const problem = fields.problems[0];
    return { rejected: problem ?? { field: 'title', reason: 'The record has neither title nor abstract.' } };
  }
  const given = fields.read(peopleOfJson, ...names('authors')) ?? [];
  const isByRole = Array.isArray(record.creators) && given.length > 0 && names('authors')[0] === 'creators';
  const authors = isByRole ? creatorsOf(record.creators, 'authors') : given;
  const ids = fields.nested('externalIds');
  const urls = isObject(record.urls) ? fields.nested('urls') : new FieldReader({});
  const session = isObject(record.session) ? fields.nested('session') : undefined;
  const slot = session
    ? {
        name: session.read(FIELD.text, 'name'),
        hall: session.read(FIELD.text, 'hall'),
        start: session.read(FIELD.text, 'start'),
        end: session.read(FIELD.text, 'end'),
      }
    : { name: text('session'), hall: text('hall'), start: text('start'), end: text('end') };
  const landing =
    urls.read(FIELD.text, 'landing') ??
    fields.read(nameOfJson, ...names('url').filter((name) => name !== 'urls'));
  const pdf = urls.read(FIELD.text, 'pdf') ?? text('pdf');
  const code = codeLink(urls.read(FIELD.text, 'code') ?? fields.read(FIELD.name, ...names('code')));
  const others = { ...idsInUrls(landing, pdf), ...idsInExtra(text('extra')) };
  const id = (name: ColumnId) =>
    ids.read(FIELD.identifier, name) ?? fields.read(FIELD.identifier, ...names(name)) ?? others[name];
  const date = fields.read(FIELD.identifier, ...names('date'));
  const works = isOwnRecord(record) ? ownWorks : worksInJson;
  const references = fields.read(works, ...namesAmong(members, CITED));
  const citedBy = fields.read(works, ...namesAmong(members, CITING));
  const stated = fields.read(FIELD.name, ...names('language'));
  // Ours is that of the text, which is detected again.
  const language = isOwnRecord(record) ? undefined : stated;
  // Our own dates are kept to the letter; others are written in many ways.
  const found = dateOfText(date);
  const paper = {
    id: fields.read(FIELD.identifier, 'id'),
    title,
    abstract,
    authors:
      'authorNames' in record || 'authorRole' in record
        ? authorsIn(
            record,
            authors.filter((name) => typeof name === 'string'),
          )
        : authors,
    editors: namesIn(record.editors),
    translators: namesIn(record.translators),
    bookAuthors: namesIn(record.bookAuthors),
    publication: publicationOf({ ...(language && { language }), ...publicationIn(record.publication) }),
    venue: fields.read(nameOfJson, 'venueAsGiven', ...names('venue')),
    year: fields.read(FIELD.year, ...names('year')) ?? (isOwnRecord(record) ? undefined : found.year),
    date: date !== undefined && date === record.date ? date : found.date,
    keywords: fields.read(labelsOfJson, ...names('keywords')),
    categories: fields.read(labelsOfJson, ...names('categories')),
    tldr: fields.read(tldrOfJson, ...names('tldr')),
    urls: { landing, pdf, code: code.url },
    externalIds: Object.fromEntries(
      ID_KINDS.map((kind) => [
        kind,
        isColumnId(kind)
          ? id(kind)
          : (ids.read(FIELD.identifier, kind) ??
            fields.read(FIELD.identifier, kind, kind.toUpperCase()) ??
            (kind === 'acl' ? others.acl : undefined)),
      ]),
    ),
    references: references?.named,
    citedBy: citedBy?.named,
    session: Object.values(slot).some((value) => value !== undefined) ? slot : undefined,
    acceptance: acceptanceOf(text('acceptance')),
    status: fields.read(
      statusOfJson,
      'status' in record && isObject(record.status) ? 'status' : '',
      ...names('status'),
    ),
  };
  // When a paper came into the index that it was exported from is not a fact about the paper: it is read and not kept.
  if (isOwnRecord(record)) for (const name of ['added', 'changed']) fields.read(FIELD.text, name);
  const dropped = [fields, ids, urls, ...(session ? [session] : [])]
    .flatMap((reader) => reader.problems)
    .concat(code.problem ?? []);
  const left = [...unnamedIn('references', references), ...unnamedIn('citedBy', citedBy)];
  return { paper, dropped, left };
}

/** Names of lists of the works that a paper cites and that cite it, as `nameKey` writes them. */
const CITED = new Set(['references', 'referencedworks', 'outcitations']);
const CITING = new Set(['citedby', 'incitations']);

function namesAmong(members: readonly string[], keys: ReadonlySet<string>): string[] {
  return members.filter((member) => keys.has(nameKey(member)));
}

/** Identifiers that tables and JSON name in many ways; see `fieldPlaces`. */
const COLUMN_IDS = ['doi', 'arxiv', 'pmid', 'openreview'] as const;
type ColumnId = (typeof COLUMN_IDS)[number];

function isColumnId(kind: IdKind): kind is ColumnId {
  return COLUMN_IDS.some((id) => id === kind);
}
