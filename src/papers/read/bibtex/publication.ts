import { dateOfText } from '../../dates.ts';
import { pageRange } from '../../pages.ts';
import { type Publication, publicationOf } from '../../publication.ts';
import { cslTypeOfEntry, institutionField } from './types.ts';

/** What is read of an entry beside what every paper has. */
export interface PublicationFields {
  readonly type: string;
  readonly key: string;
  readonly hasMore: boolean;
  /** What an export of ours says of its type; undefined for any other file. */
  readonly own: Pick<Publication, 'type' | 'sourceType' | 'key'> | undefined;
  /** The text of the first of these fields that has one; they count as read. */
  read(...names: readonly string[]): string | undefined;
  /** Fields that nothing has read, with their texts. */
  unread(): Iterable<readonly [string, string]>;
}

/** Members by the fields that hold them, the best first. */
const MEMBERS = {
  volume: ['volume'],
  pages: ['pages'],
  chapter: ['chapter'],
  edition: ['edition'],
  publisher: ['publisher'],
  place: ['address', 'location'],
  series: ['series'],
  isbn: ['isbn'],
  issn: ['issn'],
  language: ['language', 'langid'],
  note: ['note'],
  genre: ['type'],
  shortTitle: ['shorttitle'],
  shortVenue: ['shortjournal'],
  eventTitle: ['eventtitle'],
  eventPlace: ['venue'],
  numberOfPages: ['pagetotal'],
  numberOfVolumes: ['volumes'],
  accessed: ['urldate'],
} as const;

/** What an entry says of its publication. Fields without a member of their own are kept under their names. */
export function publicationOfEntry({
  type,
  key,
  hasMore,
  own,
  read,
  unread,
}: PublicationFields): Publication | undefined {
  const cslType = own === undefined ? cslTypeOfEntry(type) : own.type;
  const texts = Object.fromEntries(Object.entries(MEMBERS).map(([name, fields]) => [name, read(...fields)]));
  // BibTeX's number of an article is its issue.
  const number = cslType === 'article-journal' ? { issue: read('number') } : { number: read('number') };
  const { accessed } = texts;
  return publicationOf({
    ...texts,
    ...number,
    pages: pageRange(texts.pages),
    institution: read(institutionField(type)),
    // Only a whole date can be said in every format.
    accessed: accessed === undefined ? undefined : (dateOfText(accessed).date ?? accessed),
    type: cslType,
    sourceType: `bibtex:${type}`,
    key,
    ...own,
    hasMoreAuthors: hasMore,
    other: Object.fromEntries(Array.from(unread(), ([name, text]) => [`bibtex:${name}`, text])),
  });
}
