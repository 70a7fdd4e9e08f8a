import { OWN_ID_FIELD } from './own-export.ts';

/** What a column of a table or a member of a JSON record can hold. */
export const COLUMN_FIELDS = [
  'id',
  'title',
  'abstract',
  'authors',
  'venue',
  'year',
  'date',
  'keywords',
  'categories',
  'url',
  'pdf',
  'code',
  'tldr',
  'doi',
  'arxiv',
  'pmid',
  'openreview',
  'status',
  'acceptance',
  'session',
  'hall',
  'start',
  'end',
  'language',
  'extra',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** Keys of the names that came first: every record of a file has the same ones. Some files have no end of them. */
const KEYS = new Map<string, string>();
const MAX_KEYS = 1000;
const MAX_NAME_LENGTH = 100;

/**
 * The names that tables and JSON records have for each field, as `nameKey` writes them, the best first: those of Zotero,
 * Scopus, Web of Science, PubMed, Dimensions, IEEE Xplore, the ACM, CORD-19, OpenAlex and Semantic Scholar, and the same
 * words in other languages. If a record has several of the names, the first that has a value is read.
 * Ids are only taken from our own exports: what others call an id is often the number of the row.
 */
const NAMES: Readonly<Record<ColumnField, string>> = {
  id: nameKey(OWN_ID_FIELD),
  title: `title papertitle articletitle documenttitle displayname primarytitle
    titel titre titulo titolo`,
  abstract: `abstract abstractnote abstracttext paperabstract summary abstracts
    zusammenfassung kurzfassung resume resumen resumo description`,
  authors: `authorfullnames authors author authornames authorlist authorsfullname creators creator contributors
    autoren autor auteurs auteur autores`,
  venue: `venue conference conferencename publicationtitle sourcetitle containertitle journal journaltitle journalbook
    journalname fulljournalname publicationname booktitle bookname proceedingstitle publication publicationvenue secondarytitle
    zeitschrift revue revista`,
  year: `year publicationyear pubyear publishedyear yearpublished jahr annee ano`,
  date: `date publicationdate published datepublished publishtime publishdate publisheddate publicationdateonline
    coverdate pubdate issued createdate datum`,
  keywords: `keywords authorkeywords keyword manualtags automatictags tags keywordsplus indexkeywords meshterms
    schlagworter motscles palabrasclave`,
  categories: `categories category primaryarea subjects subject fieldsofstudy topics researchareas topic`,
  url: `url link urls landingpage paperurl site homepage webpage externalurl`,
  pdf: `pdf pdfurl pdflink paperpdfurl fulltexturl`,
  // "code" alone is most often an abbreviation or a number.
  code: `codeurl codelink coderepository githuburl githublink githubrepo github`,
  tldr: `tldr`,
  doi: `doi digitalobjectidentifier doinumber doiurl`,
  arxiv: `arxiv arxivid arxivnumber`,
  pmid: `pmid pubmedid pubmed`,
  openreview: `openreview openreviewid forum`,
  status: `publicationstatus retracted isretracted`,
  acceptance: `acceptance decision status`,
  session: `session sessionname sessiontitle`,
  hall: `hall room roomname`,
  start: `start starttime startdate begins`,
  end: `end endtime enddate`,
  language: `language languages lang languageoforiginaldocument sprache langue idioma lingua taal`,
  extra: `extra`,
};

/** Fields whose values under several names are put together; all others take the first value. */
const JOINED: ReadonlySet<ColumnField> = new Set(['keywords']);

const FIELD_BY_KEY: ReadonlyMap<string, { readonly field: ColumnField; readonly rank: number }> = new Map(
  COLUMN_FIELDS.flatMap((field) =>
    NAMES[field].split(/\s+/).map((name, rank) => [name, { field, rank }] as const),
  ),
);

/** A heading or the name of a member without case, accents and signs: "Journal/Book" and "journal_book" are one. */
export function nameKey(name: string): string {
  const known = KEYS.get(name);
  if (known !== undefined) return known;
  const key = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  if (KEYS.size < MAX_KEYS && name.length <= MAX_NAME_LENGTH) KEYS.set(name, key);
  return key;
}

/** Where each field is among some names: 0-based places, the best name first. */
export type FieldPlaces = Readonly<Partial<Record<ColumnField, readonly number[]>>>;

/**
 * Which of some names mean which field.
 * @param names headings of a table, or members of a record.
 * @param wanted names by field, as the user gave them; they win over the names that are known.
 */
export function fieldPlaces(
  names: readonly string[],
  wanted: Readonly<Partial<Record<ColumnField, string | undefined>>> = {},
): FieldPlaces {
  const keys = names.map(nameKey);
  const mapped = Object.entries(wanted).flatMap(([field, name]) =>
    name === undefined ? [] : [[field, [keys.indexOf(nameKey(name))].filter((at) => at !== -1)] as const],
  );
  const isMapped = new Set(mapped.flatMap(([, places]) => places));
  const known = new Map<ColumnField, { readonly at: number; readonly rank: number }[]>();
  keys.forEach((key, at) => {
    const found = FIELD_BY_KEY.get(key);
    if (!found || isMapped.has(at)) return;
    known.set(found.field, [...(known.get(found.field) ?? []), { at, rank: found.rank }]);
  });
  const guessed = [...known].map(
    ([field, list]) => [field, list.sort((a, b) => a.rank - b.rank).map(({ at }) => at)] as const,
  );
  return Object.fromEntries([...guessed, ...mapped]);
}

/** Whether the values of a field under several names are put together. */
export function isJoined(field: ColumnField): boolean {
  return JOINED.has(field);
}
