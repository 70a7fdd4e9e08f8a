import { dateOfWords } from '../dates.ts';
import { idsInExtra } from './extra-field.ts';
import { FIELD, FieldReader } from './fields.ts';
import { hasKeys, isObject, jsonReader } from './json/reader.ts';
import type { JsonObject } from './json/records.ts';
import { idsInUrls } from './links.ts';
import { plainText } from './markup.ts';
import { creatorsOf, labelsOfJson } from './people.ts';
import type { RecordResult } from './record.ts';

const NOT_PAPERS = /^(?:attachment|note|annotation)$/;

/** Items of Zotero: answers of its API, and Better BibTeX's JSON (`{ "items": […] }`). */
export const zoteroJsonReader = jsonReader({
  format: 'zotero-json',
  description: 'Zotero items: answers of the API, or Better BibTeX JSON',
  files: ['items.json', 'library.bbt.json'],
  matches: (record) => {
    const item = itemIn(record);
    return (
      typeof item.itemType === 'string' &&
      (hasKeys(item, 'creators') || hasKeys(item, 'title') || NOT_PAPERS.test(item.itemType))
    );
  },
  toPaper: (record) => toPaper(itemIn(record)),
});

/** The API wraps an item with what belongs to the library. */
function itemIn(record: JsonObject): JsonObject {
  return isObject(record.data) ? record.data : record;
}

function toPaper(item: JsonObject): RecordResult | undefined {
  const fields = new FieldReader(item);
  if (NOT_PAPERS.test(fields.read(FIELD.text, 'itemType') ?? '')) return undefined;
  const text = (...names: string[]) => fields.read(FIELD.text, ...names);
  const title = plainText(text('title', 'caseName', 'subject') ?? '');
  const abstract = plainText(text('abstractNote') ?? '');
  if (!title.trim() && !abstract.trim()) {
    return { rejected: { field: 'title', reason: 'The item has neither title nor abstract.' } };
  }
  const url = text('url');
  const ids = {
    ...idsInUrls(url),
    ...idsInExtra([text('extra'), text('archiveID')].filter(Boolean).join('\n')),
  };
  const paper = {
    title,
    abstract,
    authors: creatorsOf(item.creators, 'authors'),
    editors: creatorsOf(item.creators, 'editors'),
    translators: creatorsOf(item.creators, 'translators'),
    publication: {
      sourceType: `zotero:${text('itemType')}`,
      key: text('citationKey'),
      volume: text('volume'),
      issue: text('issue'),
      number: text('number', 'reportNumber', 'patentNumber'),
      pages: text('pages'),
      edition: text('edition'),
      publisher: text('publisher'),
      institution: text('university', 'institution'),
      place: text('place'),
      series: text('series', 'seriesTitle'),
      isbn: text('ISBN'),
      issn: text('ISSN'),
      language: text('language'),
      shortTitle: text('shortTitle'),
      shortVenue: text('journalAbbreviation'),
      eventTitle: text('conferenceName', 'meetingName'),
      accessed: text('accessDate'),
    },
    venue: text(
      'publicationTitle',
      'proceedingsTitle',
      'bookTitle',
      'conferenceName',
      'university',
      'repository',
      'institution',
    ),
    ...dateOfWords(text('date')),
    keywords: fields.read(labelsOfJson, 'tags'),
    urls: { landing: url },
    externalIds: { ...ids, doi: text('DOI') ?? ids.doi },
  };
  return { paper, dropped: fields.problems };
}
