import { ID_KINDS } from '../id-kinds.ts';
import { FIELD, FieldReader } from './fields.ts';
import { jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import type { RecordResult } from './record.ts';

/** The project's own format: papers with the field names of `Paper`, one a line or in an array. */
export const jsonlReader = jsonReader({
  format: 'jsonl',
  description: 'JSON Lines or a JSON array of papers: title, abstract, authors, venue, year, …',
  files: ['*.jsonl', '*.json'],
  matches: (record) => !('_id' in record) && ('title' in record || 'abstract' in record),
  toPaper,
});

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = fields.read(FIELD.text, 'title') ?? '';
  const abstract = fields.read(FIELD.text, 'abstract') ?? '';
  if (!title.trim() && !abstract.trim()) {
    const problem = fields.problems[0];
    return { rejected: problem ?? { field: 'title', reason: 'The record has neither title nor abstract.' } };
  }
  const ids = fields.nested('externalIds');
  const urls = fields.nested('urls');
  const session = fields.nested('session');
  const slot = {
    name: session.read(FIELD.text, 'name'),
    hall: session.read(FIELD.text, 'hall'),
    start: session.read(FIELD.text, 'start'),
    end: session.read(FIELD.text, 'end'),
  };
  const paper = {
    id: fields.read(FIELD.identifier, 'id'),
    title,
    abstract,
    authors: fields.read(FIELD.people, 'authors', 'author') ?? [],
    venue: fields.read(FIELD.name, 'venue'),
    year: fields.read(FIELD.year, 'year'),
    date: fields.read(FIELD.text, 'date'),
    keywords: fields.read(FIELD.list, 'keywords'),
    categories: fields.read(FIELD.list, 'categories'),
    urls: {
      landing: urls.read(FIELD.text, 'landing') ?? fields.read(FIELD.text, 'url'),
      pdf: urls.read(FIELD.text, 'pdf') ?? fields.read(FIELD.text, 'pdf'),
    },
    externalIds: Object.fromEntries(
      ID_KINDS.map((kind) => [
        kind,
        ids.read(FIELD.identifier, kind) ?? fields.read(FIELD.identifier, kind, kind.toUpperCase()),
      ]),
    ),
    session: Object.values(slot).some((value) => value !== undefined) ? slot : undefined,
  };
  const dropped = [fields, ids, urls, session].flatMap((reader) => reader.problems);
  return { paper, dropped };
}
