import { z } from 'zod';
import { dateOfText } from '../dates.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { pageRange } from '../pages.ts';
import { publicationOf } from '../publication.ts';
import { referenceIn } from '../references.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { labelsOfJson } from './people.ts';
import type { RecordResult } from './record.ts';

/** Works of DataCite: answers of its API, and records of content negotiation. */
export const dataciteReader = jsonReader({
  format: 'datacite',
  description: 'DataCite works in JSON: { "data": [{ "attributes": … }] }, or records alone',
  files: ['dois.json'],
  matches: (record) => {
    const work = workIn(record);
    return (
      Array.isArray(work.titles) &&
      hasKeys(work, 'creators') &&
      (hasKeys(work, 'doi') || hasKeys(work, 'publicationYear'))
    );
  },
  toPaper: (record) => toPaper(workIn(record)),
});

function workIn(record: JsonObject): JsonObject {
  const data = isObject(record.data) ? record.data : record;
  return isObject(data.attributes) ? data.attributes : data;
}

const part = z.string().nullish();
const titles = z.array(z.looseObject({ title: part, titleType: part })).transform((list) => {
  const text = (type: string | undefined) =>
    list.find((each) => (each.titleType ?? undefined) === type)?.title ?? undefined;
  return [text(undefined) ?? list[0]?.title, text('Subtitle')].filter(Boolean).join(': ');
});
const creators = z
  .array(z.looseObject({ name: part, givenName: part, familyName: part, nameType: part }))
  .transform((list) =>
    list.flatMap(({ name, givenName, familyName, nameType }): (string | PersonName)[] => {
      if (familyName) return [nameOfParts({ given: givenName ?? undefined, family: familyName })];
      if (!name) return [];
      return [nameType === 'Organizational' ? { literal: name } : name];
    }),
  );
const descriptions = z
  .array(z.looseObject({ description: part, descriptionType: part }))
  .transform(
    (list) => list.find(({ descriptionType }) => descriptionType === 'Abstract')?.description ?? undefined,
  );
const dates = z
  .array(z.looseObject({ date: z.union([z.string(), z.number()]).nullish(), dateType: part }))
  .transform((list) => {
    const of = (type: string) => list.find(({ dateType }) => dateType === type)?.date ?? undefined;
    return (of('Issued') ?? of('Submitted') ?? of('Created'))?.toString();
  });
const IDENTIFIERS = /^(?:doi|arxiv|pmid|isbn|url)$/i;
/** Works that it cites or that cite it, by identifiers of a kind that papers have. */
const relations = z
  .array(z.looseObject({ relatedIdentifier: part, relatedIdentifierType: part, relationType: part }))
  .transform((list) => {
    const of = (types: RegExp) =>
      list.flatMap(({ relatedIdentifier: id, relatedIdentifierType: kind, relationType }) => {
        if (!id || !IDENTIFIERS.test(kind ?? '') || !types.test(relationType ?? '')) return [];
        const named = /^(?:arxiv|pmid|isbn)$/i.test(kind!) && !id.includes(':') ? `${kind}:${id}` : id;
        return referenceIn(named) ?? [];
      });
    return { cites: of(/^(?:cites|references)$/i), citedBy: of(/^is(?:cited|referenced)by$/i) };
  });
const publisher = z.union([z.string(), z.looseObject({ name: part }).transform(({ name }) => name ?? '')]);

function toPaper(work: JsonObject): RecordResult {
  const fields = new FieldReader(work);
  const title = plainText(fields.read(titles, 'titles') ?? '');
  const abstract = plainText(fields.read(descriptions, 'descriptions') ?? '');
  if (!title.trim() && !abstract.trim()) {
    return {
      rejected: fields.problems[0] ?? { field: 'titles', reason: 'The work has neither title nor abstract.' },
    };
  }
  const issued = dateOfText(fields.read(dates, 'dates'));
  const year = fields.read(FIELD.year, 'publicationYear');
  const url = fields.read(FIELD.text, 'url');
  const doi = fields.read(FIELD.identifier, 'doi');
  const related = fields.read(relations, 'relatedIdentifiers') ?? { cites: [], citedBy: [] };
  const container = isObject(work.container) ? fields.nested('container') : new FieldReader({});
  const paper = {
    title,
    abstract,
    authors: fields.read(creators, 'creators') ?? [],
    venue: container.read(FIELD.text, 'title') ?? fields.read(publisher, 'publisher'),
    publication: publicationOf({
      volume: container.read(FIELD.identifier, 'volume'),
      issue: container.read(FIELD.identifier, 'issue'),
      pages: pageRange(
        container.read(FIELD.identifier, 'firstPage'),
        container.read(FIELD.identifier, 'lastPage'),
      ),
      publisher: fields.read(publisher, 'publisher'),
      language: fields.read(FIELD.text, 'language'),
      ...serialNumber(
        container.read(FIELD.text, 'identifierType'),
        container.read(FIELD.identifier, 'identifier'),
      ),
    }),
    year: year ?? issued.year,
    date: year === undefined || issued.year === year ? issued.date : undefined,
    keywords: fields.read(labelsOfJson, 'subjects'),
    urls: { landing: url },
    // arXiv's DOIs are made of its ids.
    externalIds: {
      ...idsInUrls(url),
      ...(doi && { doi }),
      ...(/^10\.48550\/arxiv\./i.test(doi ?? '') && { arxiv: doi!.slice('10.48550/arxiv.'.length) }),
    },
    references: related.cites,
    citedBy: related.citedBy,
  };
  return { paper, dropped: fields.problems };
}

function serialNumber(type: string | undefined, id: string | undefined): { issn?: string; isbn?: string } {
  if (id === undefined) return {};
  if (/^e?issn$/i.test(type ?? '')) return { issn: id };
  return /^isbn$/i.test(type ?? '') ? { isbn: id } : {};
}
