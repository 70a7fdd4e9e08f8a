import { dateOfText } from '../dates.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { plainText } from './markup.ts';
import { namesInCell } from './name-list.ts';
import type { RecordResult } from './record.ts';

/** Preprints of bioRxiv and medRxiv, as their API gives them: a record a version. */
export const biorxivReader = jsonReader({
  format: 'biorxiv',
  description: 'bioRxiv and medRxiv API answers: { "collection": […] }',
  files: ['biorxiv.json'],
  matches: (record) =>
    hasKeys(record, 'doi', 'title', 'authors') &&
    (hasKeys(record, 'jatsxml') || hasKeys(record, 'author_corresponding') || hasKeys(record, 'rel_doi')),
  toPaper,
});

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const text = (...names: string[]) => fields.read(FIELD.text, ...names);
  const title = plainText(text('title') ?? '');
  const abstract = plainText(text('abstract') ?? '');
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'title', reason: 'The record has neither title nor abstract.' } };
  }
  const category = text('category');
  const server = text('server') ?? 'bioRxiv';
  const paper = {
    title,
    abstract,
    authors: namesInCell(text('authors') ?? ''),
    venue: /medrxiv/i.test(server) ? 'medRxiv' : 'bioRxiv',
    ...dateOfText(text('date')),
    categories: category === undefined ? [] : [category],
    externalIds: { doi: text('doi') },
    // A withdrawal is a new version of that type.
    status: /withdraw/i.test(text('type') ?? '')
      ? ({ kind: 'withdrawn', source: server } as const)
      : undefined,
  };
  return { paper, dropped: fields.problems };
}
