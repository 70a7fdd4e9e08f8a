import { OWN_ID_FIELD } from '../own-export.ts';

/** What a column of a table can hold. */
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
  'doi',
  'arxiv',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/**
 * Headings by what they mean, without case, accents and signs, the best first: those of Zotero, Scopus, Web of
 * Science, IEEE Xplore and the ACM, and the same words in other languages. Ids are only taken when asked for,
 * but for those of our own exports: what tables call an id is often the number of the row.
 */
const HEADINGS: Readonly<Record<ColumnField, readonly string[]>> = {
  // Only the heading of our own exports.
  id: [headingKey(OWN_ID_FIELD)],
  title: ['title', 'papertitle', 'articletitle', 'documenttitle', 'titel', 'titre', 'titulo', 'titolo'],
  abstract: [
    'abstract',
    'abstractnote',
    'abstracttext',
    'paperabstract',
    'summary',
    'zusammenfassung',
    'kurzfassung',
    'resume',
    'resumen',
    'resumo',
    'description',
  ],
  authors: [
    'authors',
    'author',
    'authorfullnames',
    'authornames',
    'autoren',
    'autor',
    'auteurs',
    'auteur',
    'autores',
    'creators',
    'creator',
  ],
  venue: [
    'venue',
    'conference',
    'conferencename',
    'publicationtitle',
    'sourcetitle',
    'journal',
    'journaltitle',
    'containertitle',
    'booktitle',
    'proceedingstitle',
  ],
  year: ['year', 'publicationyear', 'pubyear', 'jahr', 'annee', 'ano'],
  date: ['date', 'publicationdate', 'published', 'datepublished'],
  keywords: ['keywords', 'authorkeywords', 'keyword', 'manualtags', 'tags', 'schlagworter', 'motscles'],
  categories: ['categories', 'category', 'primaryarea', 'subjects', 'subject', 'fieldsofstudy'],
  url: ['url', 'link', 'landingpage', 'paperurl', 'site'],
  pdf: ['pdf', 'pdfurl', 'pdflink'],
  doi: ['doi', 'digitalobjectidentifier'],
  arxiv: ['arxiv', 'arxivid'],
};

/** Columns that are looked at; no table of papers has as many. */
const MAX_COLUMNS = 1000;

/** Where in a row each field stands: 0-based columns. */
export type ColumnPlaces = Readonly<Partial<Record<ColumnField, number>>>;

/**
 * The columns of a table by its headings.
 * @param wanted headings by field, as the caller gave them; they win over what is guessed.
 * @returns the places, and the wanted headings that the table does not have.
 */
export function placeColumns(
  headings: readonly string[],
  wanted: Readonly<Partial<Record<ColumnField, string | undefined>>> = {},
): { places: ColumnPlaces; missing: string[] } {
  const keys = headings.slice(0, MAX_COLUMNS).map(headingKey);
  const missing: string[] = [];
  const places = COLUMN_FIELDS.flatMap((field) => {
    const heading = wanted[field];
    const guesses = heading === undefined ? HEADINGS[field] : [headingKey(heading)];
    const place = guesses.map((guess) => keys.indexOf(guess)).find((at) => at !== -1);
    if (place === undefined && heading !== undefined) missing.push(heading);
    return place === undefined ? [] : [[field, place] as const];
  });
  return { places: Object.fromEntries(places), missing };
}

/** Whether a table is an export of ours, by its headings. */
export function isOwnExport(headings: readonly string[]): boolean {
  return headings.includes(OWN_ID_FIELD);
}

function headingKey(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
