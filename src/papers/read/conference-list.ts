import { acceptanceOf } from '../acceptance.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { codeLink, idsInUrls } from './links.ts';
import type { RecordResult } from './record.ts';

/**
 * Accepted and submitted papers of a conference as a JSON array, one record a paper, lists as texts joined by
 * semicolons. Review scores and the authors' e-mail addresses are not read.
 */
export const conferenceListReader = jsonReader({
  format: 'conference-list',
  description:
    'a conference’s papers as a JSON array, lists joined by ";": title, abstract, author, status, …',
  files: ['iclr2025.json'],
  matches: (record) =>
    typeof record.title === 'string' &&
    ['author', 'author_site'].some((key) => typeof record[key] === 'string') &&
    ['status', 'track', 'site', 'primary_area', 'aff'].filter((key) => hasKeys(record, key)).length >= 2,
  toPaper,
});

function toPaper(record: JsonObject, file: string): RecordResult {
  const fields = new FieldReader(record);
  const title = fields.read(FIELD.text, 'title') ?? '';
  const abstract = fields.read(FIELD.text, 'abstract') ?? '';
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'title', reason: 'The record has neither title nor abstract.' } };
  }
  const status = fields.read(FIELD.text, 'status');
  const acceptance = acceptanceOf(status);
  const site = fields.read(FIELD.text, 'site', 'openreview');
  const code = codeLink(fields.read(FIELD.text, 'github', 'code', 'code_url'));
  const paper = {
    title,
    abstract,
    tldr: fields.read(FIELD.text, 'tldr', 'TLDR', 'TL;DR'),
    authors: fields.read(FIELD.people, 'author') ?? commaList(fields.read(FIELD.text, 'author_site')),
    ...conferenceOf(file),
    keywords: fields.read(FIELD.list, 'keywords'),
    categories: ['primary_area', 'track']
      .flatMap((key) => fields.read(FIELD.list, key) ?? [])
      .concat(acceptance || !status ? [] : status),
    acceptance,
    urls: { landing: site, pdf: fields.read(FIELD.text, 'pdf'), code: code.url },
    externalIds: {
      ...idsInUrls(site),
      doi: fields.read(FIELD.identifier, 'doi'),
      arxiv: fields.read(FIELD.identifier, 'arxiv'),
    },
  };
  return { paper, dropped: [...fields.problems, ...(code.problem ?? [])] };
}

/** Older lists part names by commas, in a field that has no other. */
function commaList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The records do not say where they appeared; the file's name does: `iclr2025.json`. */
function conferenceOf(file: string): { venue?: string; year?: number } {
  const named = /(?:^|[\\/])([a-z]{2,10})[-_]?(\d{4})\.jsonl?(?:\.gz)?$/i.exec(file);
  return named ? { venue: named[1]!.toUpperCase(), year: Number(named[2]) } : {};
}
