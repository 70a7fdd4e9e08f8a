import { dateOfParts, type PublicationDate } from '../dates.ts';
import { nameOfParts, type PersonName } from '../names.ts';
import { pageRange } from '../pages.ts';
import { type Publication, publicationOf } from '../publication.ts';
import { referenceTo } from '../references.ts';
import { gravest, type PaperStatus, statusKindOf } from '../status.ts';
import {
  atPath,
  childOf,
  childrenOf,
  childText,
  descendantsOf,
  paragraphsIn,
  textAt,
  textOf,
} from './xml/content.ts';
import type { XmlElement } from './xml/elements.ts';
import { NO_TITLE, xmlReader } from './xml/format.ts';

/** Elements that describe the work that a DOI identifies, the most specific first. */
const WORKS = [
  'journal_article',
  'conference_paper',
  'content_item',
  'posted_content',
  'dissertation',
  'report-paper_metadata',
  'book_metadata',
  'standard_metadata',
  'dataset',
];
const BLOCKS = new Set(['p', 'sec', 'title', 'list', 'list-item']);

/** Crossref's own XML (unixref, unixsd): what publishers deposited for a DOI. */
export const crossrefXmlReader = xmlReader({
  format: 'crossref-xml',
  description: 'Crossref XML: <doi_record>, as unixref and unixsd answers have it',
  files: ['unixref.xml'],
  detect: (head) => /<(?:doi_records?|crossref_result)[\s>]/.test(head),
  records: ['doi_record'],
  toPaper: (record) => {
    const work = WORKS.map((name) => descendantsOf(record, name)[0]).find((found) => found !== undefined);
    if (!work)
      return {
        rejected: {
          field: 'doi_record',
          reason: 'The record describes no work: its DOI is that of a journal or a database, or unknown.',
        },
      };
    const title = [textAt(work, 'titles', 'title'), textAt(work, 'titles', 'subtitle')]
      .filter(Boolean)
      .join(': ');
    const abstract = paragraphsIn(childOf(work, 'abstract'), BLOCKS).replace(/^abstract\n\n/i, '');
    if (!title && !abstract) return { rejected: NO_TITLE };
    const doi = textAt(work, 'doi_data', 'doi');
    const paper = {
      title,
      abstract,
      authors: peopleIn(work, 'author'),
      editors: peopleIn(work, 'editor'),
      venue: venueOf(record),
      publication: publicationIn(record, work),
      ...dateOf(record, work),
      urls: { landing: textAt(work, 'doi_data', 'resource') },
      externalIds: { ...(doi && { doi }) },
      status: statusOf(work),
      references: descendantsOf(work, 'citation').flatMap(
        (citation) => referenceTo([['doi', childText(citation, 'doi')]]) ?? [],
      ),
    };
    return { paper, dropped: [] };
  },
});

function venueOf(record: XmlElement): string | undefined {
  const first = (name: string, ...path: string[]) =>
    descendantsOf(record, name)
      .map((found) => textAt(found, ...path))
      .find((text) => text !== undefined);
  return (
    first('journal_metadata', 'full_title') ??
    first('proceedings_metadata', 'proceedings_title') ??
    first('event_metadata', 'conference_name') ??
    (descendantsOf(record, 'content_item').length > 0
      ? first('book_metadata', 'titles', 'title')
      : undefined) ??
    first('posted_content', 'institution', 'institution_name')
  );
}

/** What a record says of the publication: the work itself before the journal, the proceedings or the book. */
function publicationIn(record: XmlElement, work: XmlElement): Publication | undefined {
  const containers = ['journal_issue', 'journal_metadata', 'proceedings_metadata', 'book_metadata'].flatMap(
    (name) => descendantsOf(record, name),
  );
  const first = (...path: string[]) =>
    [work, ...containers].map((each) => textAt(each, ...path)).find((text) => text !== undefined);
  return publicationOf({
    volume: first('journal_volume', 'volume') ?? first('volume'),
    issue: first('issue'),
    pages: pageRange(textAt(work, 'pages', 'first_page'), textAt(work, 'pages', 'last_page')),
    edition: first('edition_number'),
    publisher: first('publisher', 'publisher_name'),
    place: first('publisher', 'publisher_place'),
    isbn: first('isbn'),
    issn: first('issn'),
    shortVenue: first('abbrev_title'),
    language: [work, ...containers]
      .map(({ attributes }) => attributes.language)
      .find((each) => each !== undefined),
  });
}

function peopleIn(work: XmlElement, role: 'author' | 'editor'): PersonName[] {
  const people = childOf(work, 'contributors')?.children ?? [];
  return people.flatMap((person) => (typeof person === 'string' ? [] : nameOf(person, role)));
}

/** The name of a person with a role; of an author where the role is not given. */
function nameOf(person: XmlElement, wanted: 'author' | 'editor'): PersonName[] {
  if ((person.attributes.contributor_role ?? 'author') !== wanted) return [];
  if (person.name === 'organization') return [{ literal: textOf(person).trim() }];
  const part = (of: string) => childText(person, of);
  const [given, family] = [part('given_name'), part('surname')];
  return given || family ? [nameOfParts({ given, family, suffix: part('suffix') })] : [];
}

function dateOf(record: XmlElement, work: XmlElement): PublicationDate {
  const dates = [
    ...childrenOf(work, 'publication_date'),
    ...childrenOf(work, 'posted_date'),
    ...childrenOf(work, 'approval_date'),
    ...descendantsOf(record, 'publication_date'),
  ];
  const online = dates.find(({ attributes }) => attributes.media_type === 'online') ?? dates[0];
  return online
    ? dateOfParts(['year', 'month', 'day'].map((part) => Number(childText(online, part)) || undefined))
    : {};
}

/** What Crossmark says of the work itself; `updates` name the works that a notice is about. */
function statusOf(work: XmlElement): PaperStatus | undefined {
  const notices = descendantsOf(atPath(work, 'crossmark') ?? work, 'updated_by');
  return gravest(
    notices.map((notice) => {
      const kind = statusKindOf(notice.attributes.type ?? '');
      return kind && { kind, source: 'Crossref' };
    }),
  );
}
