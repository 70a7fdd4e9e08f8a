import { z } from 'zod';
import { dateOfMs, dateOfText } from '../dates.ts';
import { nameOfParts, splitSentence } from '../names.ts';
import { statusOfComment } from '../status.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { accentsToUnicode } from './latex.ts';
import type { RecordResult } from './record.ts';

/** The metadata snapshot of arXiv, one paper a line: id, authors_parsed, categories, versions, … */
export const arxivSnapshotReader = jsonReader({
  format: 'arxiv-snapshot',
  description: 'the metadata snapshot of arXiv, one paper a line: id, authors_parsed, versions, …',
  files: ['arxiv-metadata-oai-snapshot.json'],
  matches: (record) =>
    hasKeys(record, 'id', 'title') &&
    (hasKeys(record, 'authors_parsed') || hasKeys(record, 'journal-ref', 'categories')),
  toPaper,
});

/** Family name, first names, suffix; affiliations may follow. */
const parsedNames = z
  .array(z.array(z.string()), { error: 'Expected a list of [family name, first names, suffix]' })
  .transform((names) =>
    names.map(([family = '', given = '', suffix = '']) =>
      nameOfParts({
        family: accentsToUnicode(family),
        given: accentsToUnicode(given),
        suffix: accentsToUnicode(suffix),
      }),
    ),
  );
const versions = z.array(z.looseObject({ created: z.string() }), {
  error: 'Expected a list of objects with a created',
});

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = accentsToUnicode(fields.read(FIELD.text, 'title') ?? '');
  const abstract = accentsToUnicode(fields.read(FIELD.text, 'abstract') ?? '');
  if (!title.trim() && !abstract.trim()) {
    const reason = 'The record has neither title nor abstract.';
    return { rejected: fields.problems[0] ?? { field: 'title', reason } };
  }
  const id = fields.read(FIELD.identifier, 'id');
  const names =
    fields.read(parsedNames, 'authors_parsed') ??
    splitSentence(fields.read(FIELD.text, 'authors') ?? '').map(accentsToUnicode);
  const first = fields.read(versions, 'versions')?.[0];
  const submitted = dateOfMs(first && Date.parse(first.created));
  const updated = dateOfText(fields.read(FIELD.text, 'update_date'));
  const paper = {
    title,
    abstract,
    authors: names,
    venue: fields.read(FIELD.text, 'journal-ref'),
    ...(submitted.year === undefined ? updated : submitted),
    categories: fields.read(FIELD.text, 'categories')?.split(/\s+/),
    urls: { pdf: id && `https://arxiv.org/pdf/${id}` },
    status: statusOfComment(fields.read(FIELD.text, 'comments')),
    // Some records have two DOIs parted by a blank.
    externalIds: { arxiv: id, doi: fields.read(FIELD.identifier, 'doi')?.trim().split(/\s+/)[0] },
  };
  return { paper, dropped: fields.problems };
}
