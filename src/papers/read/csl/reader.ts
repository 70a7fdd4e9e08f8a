import { z } from 'zod';
import { cslDate } from '../../dates.ts';
import { ID_KINDS } from '../../id-kinds.ts';
import type { Publication } from '../../publication.ts';
import { gravest, type PaperStatus, statusKindOf } from '../../status.ts';
import { FIELD, FieldReader } from '../fields.ts';
import { hasKeys, isObject, jsonReader } from '../json/reader.ts';
import type { JsonObject } from '../json/records.ts';
import { idsInUrls } from '../links.ts';
import { plainText } from '../markup.ts';
import { OWN_NAME } from '../own-export.ts';
import { publicationIn } from '../own-json.ts';
import type { RawPaper, StatusOfOther } from '../reader.ts';
import type { RecordResult } from '../record.ts';
import { ownWorks, unnamedIn, type Works, worksInJson } from '../references.ts';
import { cslNames } from './names.ts';
import { publicationOfItem } from './publication.ts';

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
  toPaper: (record) => toPaper(record, false),
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
  toPaper: (record) => toPaper(workIn(record), true),
});

/** Notices about a work: its retraction, a correction. `update-to` of a notice names the works that it is about. */
const updates = z.array(
  z.looseObject({
    type: z.string().nullish(),
    label: z.string().nullish(),
    DOI: z.string().nullish(),
    updated: z.unknown().optional(),
  }),
  { error: 'Expected a list of notices' },
);
const links = z
  .array(z.looseObject({ URL: z.string().nullish(), 'content-type': z.string().nullish() }))
  .transform((list) => list.find((link) => link['content-type'] === 'application/pdf')?.URL ?? undefined);

/** An arXiv id as notes and numbers have it: "arXiv:2003.00001 [cs]". */
const ARXIV_ID = /\barXiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?/i;

function toPaper(record: JsonObject, isCrossref: boolean): RecordResult {
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
  // Zotero before 2022 wrote the event as a text.
  const event =
    typeof record.event === 'string' ? record.event : fields.nested('event').read(FIELD.text, 'name');
  const venue = fields.read(FIELD.name, 'container-title') ?? fields.read(FIELD.text, 'event-title') ?? event;
  const { year, date } =
    ['issued', 'published', 'published-print', 'published-online']
      .map((key) => fields.read(cslDate, key) ?? {})
      .find((found) => found.year !== undefined) ?? {};
  const landing = fields.read(FIELD.text, 'URL');
  const fromUrl = idsInUrls(landing);
  const arxiv = [record.number, record.note, record.archive_location]
    .map((value) => (typeof value === 'string' ? ARXIV_ID.exec(value)?.[1] : undefined))
    .find((found) => found !== undefined);
  const accessed = fields.read(cslDate, 'accessed')?.date;
  const keyword = fields.read(FIELD.text, 'keyword');
  const references: Works | undefined = fields.read(worksInJson, 'reference');
  const paper = {
    title,
    abstract,
    authors: fields.read(cslNames, 'author') ?? [],
    editors: fields.read(cslNames, 'editor'),
    translators: fields.read(cslNames, 'translator'),
    bookAuthors: fields.read(cslNames, 'container-author'),
    venue: plain(venue ?? ''),
    year,
    date,
    keywords: fields.read(FIELD.list, 'keywords') ?? keyword?.split(/[,;]/),
    categories: fields.read(FIELD.list, 'subject', 'categories'),
    urls: { landing, pdf: fields.read(links, 'link') ?? undefined },
    externalIds: {
      ...fromUrl,
      doi: fields.read(FIELD.identifier, 'DOI') ?? fromUrl.doi,
      arxiv: arxiv ?? fromUrl.arxiv,
      pmid: fields.read(FIELD.identifier, 'PMID') ?? fromUrl.pmid,
      pmcid: fields.read(FIELD.identifier, 'PMCID') ?? fromUrl.pmcid,
      isbn: isBook(fields.read(FIELD.text, 'type')) ? fields.read(FIELD.name, 'ISBN') : undefined,
    },
    publication: publicationOfItem(record, fields, accessed, isCrossref),
    references: references?.named,
    status: gravest((fields.read(updates, 'updated-by') ?? []).map(statusOfUpdate)),
  };
  const whole =
    id === undefined
      ? paper
      : { ...paper, ...ownFields(own, landing), publication: ownPublication(record), id };
  return {
    paper: whole,
    dropped: fields.problems,
    about: statusesOfOthers(fields.read(updates, 'update-to') ?? []),
    left: unnamedIn('reference', references),
  };
}

/** Fields in `custom` of our own exports, for which CSL has no variable. */
function ownFields(own: FieldReader, landing: string | undefined): Partial<RawPaper> {
  const ids = own.nested('externalIds');
  const idOf = (name: string) => ids.read(FIELD.text, name);
  return {
    year: own.read(FIELD.year, 'year'),
    date: own.read(FIELD.text, 'date'),
    keywords: own.read(FIELD.list, 'keywords'),
    categories: own.read(FIELD.list, 'categories'),
    tldr: own.read(FIELD.text, 'tldr'),
    urls: { landing, pdf: own.read(FIELD.text, 'pdf'), code: own.read(FIELD.text, 'code') },
    externalIds: Object.fromEntries(ID_KINDS.map((kind) => [kind, idOf(kind)])),
    references: own.read(ownWorks, 'references')?.named,
    citedBy: own.read(ownWorks, 'citedBy')?.named,
  };
}

/** What a notice says about the works that it updates. */
function statusesOfOthers(notices: z.infer<typeof updates>): StatusOfOther[] {
  return notices.flatMap((notice) => {
    const status = statusOfUpdate({ ...notice, DOI: undefined });
    return notice.DOI && status
      ? [{ key: `doi:${notice.DOI.toLowerCase()}`, status: { ...status, isFromNotice: true } }]
      : [];
  });
}

function statusOfUpdate({
  type,
  label,
  DOI,
  updated,
}: z.infer<typeof updates>[number]): PaperStatus | undefined {
  const kind = statusKindOf(type ?? label ?? '');
  const when = cslDate.safeParse(updated);
  const reason = DOI ? `see https://doi.org/${DOI}` : undefined;
  return kind && { kind, reason, date: when.success ? when.data.date : undefined, source: 'Crossref' };
}

/** The publication as the paper had it: CSL cannot say what other formats call it. */
function ownPublication({ custom }: JsonObject): Publication | undefined {
  const own = isObject(custom) ? custom[OWN_NAME] : undefined;
  return isObject(own) ? publicationIn(own.publication) : undefined;
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
