/**
 * Members of a publication that are one text each. They are kept as the source has them, so that an export says what
 * came in; the search does not use them.
 */
export const PUBLICATION_TEXTS = [
  /** What it is, as CSL names it: `article-journal`, `book`, `chapter`, `thesis`. */
  'type',
  /** The type as the source's format names it: `bibtex:phdthesis`, `ris:THES`. */
  'sourceType',
  /** The key that the user cites it by. */
  'key',
  /** More about the type: "PhD thesis", "technical report". */
  'genre',
  'volume',
  'issue',
  'number',
  'pages',
  'chapter',
  'edition',
  'publisher',
  /** The university, company or institute behind a thesis or report. */
  'institution',
  /** Where it was published. */
  'place',
  'series',
  'isbn',
  'issn',
  'language',
  'note',
  'shortTitle',
  /** The journal's name as it is abbreviated. */
  'shortVenue',
  'eventTitle',
  'eventPlace',
  'numberOfPages',
  'numberOfVolumes',
  /** When it was looked at, ISO 8601. */
  'accessed',
] as const;
export type PublicationText = (typeof PUBLICATION_TEXTS)[number];

/** How something was published, as far as a source says so. */
export type Publication = { readonly [Name in PublicationText]?: string | undefined } & {
  /** Whether the list of authors is incomplete ("and others"). */
  readonly hasMoreAuthors?: boolean | undefined;
  /** Fields that have no member above, by format and name: `{ 'bibtex:annote': '…' }`. */
  readonly other?: Readonly<Record<string, string>> | undefined;
};

/** A publication without absent members; undefined when it says nothing. */
export function publicationOf(members: Publication): Publication | undefined {
  const { other = {}, ...rest } = members;
  const said = Object.entries(rest).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  const others = Object.entries(other).filter(([, value]) => value !== '');
  if (others.length > 0) said.push(['other', Object.fromEntries(others) as never]);
  return said.length === 0 ? undefined : (Object.fromEntries(said) as Publication);
}

/** Fields of `other` that one format has given: `{ annote: '…' }` for `bibtex`. */
export function otherFieldsOf(publication: Publication | undefined, format: string): [string, string][] {
  return Object.entries(publication?.other ?? {}).flatMap(([name, value]): [string, string][] =>
    name.startsWith(`${format}:`) ? [[name.slice(format.length + 1), value]] : [],
  );
}
