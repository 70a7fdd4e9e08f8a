import { z } from 'zod';
import { cslDate } from '../dates.ts';
import { ID_KINDS } from '../id-kinds.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { plainText } from './markup.ts';
import { OWN_NAME } from './own-export.ts';
import type { RawPaper } from './reader.ts';
import type { RecordResult } from './record.ts';

const NOTHING = 'The record has neither title nor abstract.';

/** Citations in CSL-JSON, as Zotero, Mendeley and pandoc write them. */
export const cslJsonReader = jsonReader({
  format: 'csl-json',
  description: 'citations in CSL-JSON, as Zotero and pandoc write them',
  files: ['library.json', 'references.json'],
  matches: (record) =>
    typeof record.title === 'string' &&
    typeof record.type === 'string' &&
    (isObject(record.custom) ||
      isObject(record.issued) ||
      listsPeople(record.author) ||
      hasKeys(record, 'container-title')),
  toPaper: (record) => toPaper(record),
});

/** Works of the Crossref REST API, whose records are CSL-JSON with lists in the place of texts. */
export const crossrefReader = jsonReader({
  format: 'crossref',
  description: 'works of the Crossref API: { "message": { "items": […] } }, or one a line',
  files: ['works.json', 'crossref.jsonl'],
  matches: (record) => {
    const work = workIn(record);
    return hasKeys(work, 'DOI') && (Array.isArray(work.title) || hasKeys(work, 'prefix', 'indexed'));
  },
  toPaper: (record) => toPaper(workIn(record)),
});

const people = z
  .array(
    z.looseObject({
      given: z.string().nullish(),
      family: z.string().nullish(),
      'non-dropping-particle': z.string().nullish(),
      suffix: z.string().nullish(),
      literal: z.string().nullish(),
      name: z.string().nullish(),
    }),
    { error: 'Expected a list of people' },
  )
  .transform((list) =>
    list
      .map((person) => {
        const parts = [person.given, person['non-dropping-particle'], person.family, person.suffix];
        return person.literal ?? person.name ?? parts.filter(Boolean).join(' ');
      })
      .filter((name) => name !== ''),
  );
const links = z
  .array(z.looseObject({ URL: z.string().nullish(), 'content-type': z.string().nullish() }))
  .transform((list) => list.find((link) => link['content-type'] === 'application/pdf')?.URL ?? undefined);

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const own = fields.nested('custom').nested(OWN_NAME);
  const id = own.read(FIELD.text, 'id');
  // What we wrote has no markup.
  const plain = id === undefined ? plainText : (text: string) => text;
  const title = plain(fields.read(FIELD.name, 'title') ?? '');
  const abstract = plain(fields.read(FIELD.text, 'abstract') ?? '');
  if (!title.trim() && !abstract.trim()) {
    return { rejected: fields.problems[0] ?? { field: 'title', reason: NOTHING } };
  }
  const event = fields.nested('event');
  const venue = fields.read(FIELD.name, 'container-title') ?? fields.read(FIELD.text, 'event-title');
  const { year, date } =
    ['issued', 'published', 'published-print', 'published-online']
      .map((key) => fields.read(cslDate, key) ?? {})
      .find((found) => found.year !== undefined) ?? {};
  const keyword = fields.read(FIELD.text, 'keyword');
  const paper = {
    title,
    abstract,
    authors: fields.read(people, 'author') ?? [],
    venue: plain(venue ?? event.read(FIELD.text, 'name') ?? ''),
    year,
    date,
    keywords: fields.read(FIELD.list, 'keywords') ?? keyword?.split(/[,;]/),
    categories: fields.read(FIELD.list, 'subject', 'categories'),
    urls: { landing: fields.read(FIELD.text, 'URL'), pdf: fields.read(links, 'link') ?? undefined },
    externalIds: {
      doi: fields.read(FIELD.identifier, 'DOI'),
      pmid: fields.read(FIELD.identifier, 'PMID'),
      pmcid: fields.read(FIELD.identifier, 'PMCID'),
      isbn: isBook(fields.read(FIELD.text, 'type')) ? fields.read(FIELD.name, 'ISBN') : undefined,
    },
  };
  const whole = id === undefined ? paper : { ...paper, ...ownFields(own, paper.urls.landing), id };
  return { paper: whole, dropped: fields.problems };
}

/** What stands in `custom` of our own exports, because CSL has no variable for it. */
function ownFields(own: FieldReader, landing: string | undefined): Partial<RawPaper> {
  const ids = own.nested('externalIds');
  const idOf = (name: string) => ids.read(FIELD.text, name);
  return {
    year: own.read(FIELD.year, 'year'),
    date: own.read(FIELD.text, 'date'),
    keywords: own.read(FIELD.list, 'keywords'),
    categories: own.read(FIELD.list, 'categories'),
    urls: { landing, pdf: own.read(FIELD.text, 'pdf') },
    externalIds: Object.fromEntries(ID_KINDS.map((kind) => [kind, idOf(kind)])),
  };
}

/** Whether an ISBN is the work's own: not that of the book or the proceedings that it is in. */
function isBook(type: string | undefined): boolean {
  return type !== undefined && /^(?:book|monograph|edited-book|reference-book|report|thesis)$/.test(type);
}

/** A response about one work wraps it in `message`. */
function workIn(record: JsonObject): JsonObject {
  return isObject(record.message) ? record.message : record;
}

function listsPeople(value: unknown): boolean {
  return (
    Array.isArray(value) && value.some((each) => isObject(each) && ('family' in each || 'literal' in each))
  );
}
