import { z } from 'zod';
import { dateOfText } from '../dates.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { pageRange } from '../pages.ts';
import { publicationOf } from '../publication.ts';
import { gravest, type PaperStatus, statusKindOf } from '../status.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { plainText } from './markup.ts';
import { namesInCell } from './name-list.ts';
import type { RecordResult } from './record.ts';

/** Answers of Europe PMC's search, `resultType=core` (with abstracts) or `lite`. */
export const europePmcReader = jsonReader({
  format: 'europe-pmc',
  description: 'Europe PMC search answers: { "resultList": { "result": […] } }',
  files: ['europepmc.json'],
  matches: (record) =>
    hasKeys(record, 'title', 'authorString') ||
    (hasKeys(record, 'title', 'source', 'pubYear') &&
      (hasKeys(record, 'pmid') || hasKeys(record, 'journalInfo'))),
  toPaper,
});

const types = z
  .looseObject({ pubType: z.union([z.array(z.string()), z.string().transform((type) => [type])]) })
  .transform(({ pubType }) => pubType);
const notices = z
  .looseObject({
    commentCorrection: z.array(
      z.looseObject({ type: z.string().nullish(), reference: z.string().nullish() }),
    ),
  })
  .transform(({ commentCorrection }) => commentCorrection);
const keywords = z.looseObject({ keyword: z.array(z.string()) }).transform(({ keyword }) => keyword);

function toPaper(record: JsonObject): RecordResult {
  const fields = new FieldReader(record);
  const title = plainText(fields.read(FIELD.text, 'title') ?? '').replace(/(?<!\.)\.$/, '');
  const abstract = plainText(fields.read(FIELD.text, 'abstractText') ?? '');
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'title', reason: 'The record has neither title nor abstract.' } };
  }
  const issue = isObject(record.journalInfo) ? fields.nested('journalInfo') : new FieldReader({});
  const journal = issue.nested('journal');
  const book = isObject(record.bookOrReportDetails)
    ? fields.nested('bookOrReportDetails')
    : new FieldReader({});
  const date = dateOfText(fields.read(FIELD.text, 'firstPublicationDate', 'electronicPublicationDate'));
  const year = fields.read(FIELD.year, 'pubYear');
  const id = (name: string) => fields.read(FIELD.identifier, name);
  const paper = {
    title,
    abstract,
    authors: namesInParts(record) ?? namesInCell(fields.read(FIELD.text, 'authorString') ?? ''),
    venue:
      journal.read(FIELD.text, 'title') ??
      fields.read(FIELD.text, 'journalTitle') ??
      book.read(FIELD.text, 'comprisingTitle'),
    publication: publicationOf({
      // At the top in answers of the kind `lite`.
      volume: issue.read(FIELD.identifier, 'volume') ?? fields.read(FIELD.identifier, 'journalVolume'),
      issue: issue.read(FIELD.identifier, 'issue') ?? fields.read(FIELD.identifier, 'issue'),
      pages: pageRange(fields.read(FIELD.identifier, 'pageInfo')),
      publisher: book.read(FIELD.text, 'publisher'),
      isbn: book.read(FIELD.identifier, 'isbn13', 'isbn10'),
      issn: journal.read(FIELD.text, 'issn', 'essn') ?? fields.read(FIELD.text, 'journalIssn'),
      shortVenue: journal.read(FIELD.text, 'isoabbreviation', 'medlineAbbreviation'),
      language: fields.read(FIELD.text, 'language'),
    }),
    year: year ?? date.year,
    date: year === undefined || date.year === year ? date.date : undefined,
    keywords: fields.read(keywords, 'keywordList'),
    externalIds: { doi: id('doi'), pmid: id('pmid'), pmcid: id('pmcid') },
    status: gravest([
      ...(fields.read(types, 'pubTypeList') ?? []).map(statusOfType),
      ...(fields.read(notices, 'commentCorrectionList') ?? []).map(statusOfNotice),
    ]),
  };
  return { paper, dropped: fields.problems };
}

const authorParts = z.looseObject({
  author: z.array(
    z.looseObject({
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      collectiveName: z.string().nullish(),
      fullName: z.string().nullish(),
    }),
  ),
});

function namesInParts({ authorList }: JsonObject): (string | PersonName)[] | undefined {
  const list = authorParts.safeParse(authorList);
  if (!list.success || !list.data.author.some(({ lastName }) => lastName)) return undefined;
  return list.data.author.flatMap(
    ({ firstName, lastName, collectiveName, fullName }): (string | PersonName)[] => {
      if (lastName) return [nameOfParts({ given: firstName ?? undefined, family: lastName })];
      if (collectiveName) return [{ literal: collectiveName }];
      return fullName ? [fullName] : [];
    },
  );
}

function statusOfType(type: string): PaperStatus | undefined {
  return /^retracted publication$/i.test(type) ? { kind: 'retracted', source: 'Europe PMC' } : undefined;
}

/** "Retraction in" is said of what was retracted, "Retraction of" of the notice. */
function statusOfNotice({
  type,
  reference,
}: {
  type?: string | null | undefined;
  reference?: string | null | undefined;
}): PaperStatus | undefined {
  const kind = / in$/i.test(type ?? '') ? statusKindOf(type!) : undefined;
  return kind && { kind, reason: reference ?? undefined, source: 'Europe PMC' };
}
