import { z } from 'zod';
import { acceptanceOf } from '../acceptance.ts';
import { dateOfMs } from '../dates.ts';
import { FIELD, FieldReader } from './fields.ts';
import { isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { codeLink } from './links.ts';
import type { RecordResult } from './record.ts';

const SITE = 'https://openreview.net';

/** Notes of the OpenReview API, version 2 (`content.title.value`) and 1 (`content.title`). */
export const openReviewReader = jsonReader({
  format: 'openreview',
  description: 'notes of the OpenReview API, version 1 or 2: { "notes": [{ "content": … }] }',
  files: ['notes.json', 'notes.jsonl'],
  matches: (record) =>
    isObject(record.content) && ['forum', 'invitation', 'invitations'].some((key) => key in record),
  toPaper,
});

function toPaper(record: JsonObject): RecordResult {
  const note = new FieldReader(record);
  const id = note.read(FIELD.identifier, 'id');
  const forum = note.read(FIELD.identifier, 'forum') ?? id;
  // Reviews, comments and decisions have titles of their own.
  if (id !== undefined && forum !== id) {
    return {
      rejected: { field: 'forum', reason: `The note is a reply in the forum ${forum}, not a paper.` },
    };
  }
  const content = new FieldReader(bareValues(record.content), 'content.');
  const title = content.read(FIELD.text, 'title') ?? '';
  const abstract = content.read(FIELD.text, 'abstract') ?? '';
  if (!title.trim() && !abstract.trim()) {
    const reason = 'The note has neither title nor abstract.';
    return { rejected: content.problems[0] ?? { field: 'content.title', reason } };
  }
  const group = content.read(FIELD.text, 'venueid') ?? groupOf(record);
  const venue = content.read(FIELD.text, 'venue');
  const published = dateOfMs(note.read(z.number(), 'pdate', 'odate', 'cdate', 'tcdate'));
  const pdf = content.read(FIELD.text, 'pdf');
  const code = codeLink(content.read(FIELD.text, 'code', 'code_url', 'github'));
  const paper = {
    title,
    abstract,
    tldr: content.read(FIELD.text, 'TLDR', 'TL;DR', 'tldr'),
    authors: content.read(FIELD.people, 'authors') ?? [],
    venue: venue ?? /^[^/.]+/.exec(group)?.[0],
    // The group says what became of a submission; the venue's text, how one that was accepted is presented.
    acceptance: acceptanceOf(group.split('/').at(-1)) ?? acceptanceOf(venue),
    year: Number(/(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(group)?.[0] ?? published.year) || undefined,
    date: published.date,
    keywords: content.read(FIELD.list, 'keywords'),
    categories: content.read(FIELD.list, 'primary_area', 'subject_areas'),
    urls: {
      landing: forum && `${SITE}/forum?id=${encodeURIComponent(forum)}`,
      pdf: pdf?.startsWith('/') ? SITE + pdf : pdf,
      code: code.url,
    },
    externalIds: { openreview: forum },
  };
  return { paper, dropped: [...note.problems, ...content.problems, ...(code.problem ?? [])] };
}

/** Version 2 wraps each value in an object. */
function bareValues(content: unknown): JsonObject {
  if (!isObject(content)) return {};
  const bare = (value: unknown) => (isObject(value) && 'value' in value ? value.value : value);
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, bare(value)]));
}

/** `ICLR.cc/2018/Conference` from the invitation, for notes that name no venue. */
function groupOf({ invitation, invitations }: JsonObject): string {
  const first = invitation ?? (Array.isArray(invitations) ? invitations[0] : undefined);
  return typeof first === 'string' ? first.split('/-/', 1)[0]! : '';
}
