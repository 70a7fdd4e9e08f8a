import { acceptanceOf } from '../acceptance.ts';
import { FIELD, FieldReader } from './fields.ts';
import { type JsonObject, readJson, sampleRecords } from './json/records.ts';
import type { Reader } from './reader.ts';
import type { RecordResult } from './record.ts';
import { worksInJson } from './references.ts';

/** `corpus.jsonl` of a BEIR test collection (Thakur et al., NeurIPS 2021): _id, title, text, metadata. */
export const beirReader: Reader = {
  format: 'beir',
  description: 'corpus.jsonl of a BEIR test collection: _id, title, text, metadata',
  files: ['corpus.jsonl'],
  // Queries have _id and text too. Only a corpus has titles, if only in some records.
  detect: (head) => {
    const records = sampleRecords(head);
    return (
      records.some((record) => '_id' in record && 'text' in record) &&
      records.some((record) => 'title' in record)
    );
  },
  read: (source) => readJson(source, toPaper),
};

/** Whether a file is `queries.jsonl` of a BEIR test collection, which belongs beside the corpus but has no papers. */
export function isBeirQueries(head: string): boolean {
  const records = sampleRecords(head);
  return (
    records.length > 0 &&
    records.every((record) => '_id' in record && 'text' in record && !('title' in record))
  );
}

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = fields.read(FIELD.text, 'title') ?? '';
  const abstract = fields.read(FIELD.text, 'text') ?? '';
  const id = fields.read(FIELD.identifier, '_id');
  if (id === undefined) {
    return { rejected: fields.problems[0] ?? { field: '_id', reason: 'The record has no _id.' } };
  }
  if (!title.trim() && !abstract.trim()) {
    return {
      rejected: fields.problems[0] ?? { field: 'text', reason: 'The record has neither title nor text.' },
    };
  }
  const metadata = fields.nested('metadata');
  const paper = {
    id,
    title,
    abstract,
    authors: metadata.read(FIELD.people, 'authors') ?? [],
    venue: metadata.read(FIELD.name, 'venue'),
    year: metadata.read(FIELD.year, 'year'),
    keywords: metadata.read(FIELD.list, 'keywords'),
    categories: metadata.read(FIELD.list, 'categories', 'primary_area'),
    acceptance: acceptanceOf(metadata.read(FIELD.text, 'status')),
    urls: {
      landing: metadata.read(FIELD.text, 'url', 'site'),
      pdf: metadata.read(FIELD.text, 'pdf'),
    },
    references: metadata.read(worksInJson, 'references')?.named,
    citedBy: metadata.read(worksInJson, 'cited_by', 'citedBy', 'citations')?.named,
    externalIds: {
      doi: metadata.read(FIELD.identifier, 'doi'),
      arxiv: metadata.read(FIELD.identifier, 'arxiv'),
    },
  };
  return { paper, dropped: [...fields.problems, ...metadata.problems] };
}
