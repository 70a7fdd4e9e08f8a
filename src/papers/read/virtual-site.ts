import { z } from 'zod';
import { acceptanceOf } from '../acceptance.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { idsInUrls } from './links.ts';
import { labelsOfJson, peopleOfJson } from './people.ts';
import type { RecordResult } from './record.ts';

/**
 * The papers of a conference's virtual site, as iclr.cc, icml.cc, neurips.cc and cvpr.thecvf.com give them under
 * /static/virtual/data/…-orals-posters.json: an event a paper, with its session, room and times.
 */
export const virtualSiteReader = jsonReader({
  format: 'virtual-site',
  description:
    'events of a virtual conference site: name, authors, session, room, times (…-orals-posters.json)',
  files: ['iclr-2025-orals-posters.json'],
  matches: (record) =>
    hasKeys(record, 'name', 'authors') &&
    ['virtualsite_url', 'eventtype', 'event_type', 'room_name', 'starttime'].filter((key) =>
      hasKeys(record, key),
    ).length >= 2,
  toPaper,
});

const title = z.union([z.string(), z.array(z.string()).transform((parts) => parts.join(' '))]);

function toPaper(record: JsonObject, file: string): RecordResult {
  const fields = new FieldReader(record);
  const name = fields.read(title, 'name') ?? '';
  const abstract = fields.read(FIELD.text, 'abstract') ?? '';
  if (!name.trim() && !abstract.trim()) {
    return { rejected: { field: 'name', reason: 'The event has neither name nor abstract.' } };
  }
  const paperPage = fields.read(FIELD.text, 'paper_url', 'url');
  const sitePage = fields.read(FIELD.text, 'virtualsite_url');
  const start = fields.read(FIELD.text, 'starttime', 'start_time');
  const year = Number(/(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(sitePage ?? start ?? '')?.[0]) || undefined;
  const decision = fields.read(FIELD.text, 'decision');
  const pdf = fields.read(FIELD.text, 'paper_pdf_url');
  const ids = idsInUrls(paperPage, pdf);
  const paper = {
    title: name,
    abstract,
    authors: fields.read(peopleOfJson, 'authors') ?? [],
    venue: venueOf(file),
    year,
    keywords: fields.read(labelsOfJson, 'keywords'),
    // "Applications->Chemistry" is a path in the conference's list of topics.
    categories: fields
      .read(FIELD.text, 'topic')
      ?.split('->')
      .map((topic) => topic.trim()),
    urls: { landing: paperPage ?? sitePage, pdf },
    externalIds: ids,
    acceptance: acceptanceOf(decision) ?? acceptanceOf(fields.read(FIELD.text, 'eventtype', 'event_type')),
    session: {
      name: fields.read(FIELD.text, 'session'),
      hall: fields.read(FIELD.text, 'room_name', 'room'),
      start,
      end: fields.read(FIELD.text, 'endtime', 'end_time'),
    },
  };
  return { paper, dropped: fields.problems };
}

/** The records do not say which conference they are of; the name of the file does: `iclr-2025-orals-posters.json`. */
function venueOf(file: string): string | undefined {
  const named = /(?:^|[\\/])([a-z]{3,8})[-_]\d{4}[-_]orals[-_]posters/i.exec(file)?.[1];
  return (named && { neurips: 'NeurIPS' }[named.toLowerCase()]?.toString()) || named?.toUpperCase();
}
