/** Types of entries by the type of CSL, the one that is written for it first. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'article-journal': ['article', 'suppperiodical', 'journal_article', 'journalarticle', 'journal'],
  book: [
    'book',
    'mvbook',
    'collection',
    'mvcollection',
    'proceedings',
    'mvproceedings',
    'reference',
    'mvreference',
  ],
  chapter: [
    'incollection',
    'inbook',
    'bookinbook',
    'suppbook',
    'suppcollection',
    'book_section',
    'booksection',
    'inreference',
  ],
  'paper-conference': [
    'inproceedings',
    'conference',
    'in-proceedings',
    'conference_proceedings',
    'conferencepaper',
  ],
  thesis: ['phdthesis', 'thesis', 'mastersthesis', 'masterthesis', 'mathesis'],
  report: ['techreport', 'report'],
  webpage: ['online', 'electronic', 'www', 'web_page', 'webpage', 'website'],
  manuscript: ['unpublished'],
  pamphlet: ['booklet'],
  document: ['misc', 'manual', 'other'],
  'article-newspaper': ['newspaper_article', 'newspaperarticle', 'newspaper'],
  'article-magazine': ['magazine_article', 'magazinearticle'],
  periodical: ['periodical', 'suppperiodical'],
  patent: ['patent'],
  software: ['software'],
  dataset: ['dataset', 'data'],
  motion_picture: ['movie', 'video', 'film'],
  legal_case: ['jurisdiction', 'case'],
  legislation: ['legislation'],
};
/** Types of CSL that BibTeX has no entry of its own for. */
const NEAREST: Readonly<Record<string, string>> = {
  'article-newspaper': 'article',
  'article-magazine': 'article',
  'entry-dictionary': 'incollection',
  'entry-encyclopedia': 'incollection',
  periodical: 'periodical',
  motion_picture: 'misc',
  legal_case: 'misc',
  legislation: 'misc',
  article: 'misc',
  'post-weblog': 'online',
  post: 'online',
  speech: 'unpublished',
  standard: 'misc',
};
const BY_ENTRY = new Map(
  Object.entries(TYPES).flatMap(([type, entries]) => entries.map((entry) => [entry, type])),
);

/** The CSL type for an entry's type; undefined for an unknown one. */
export function cslTypeOfEntry(entryType: string): string | undefined {
  return BY_ENTRY.get(entryType);
}

/** The entry's type for a type of CSL; undefined for one that is not known. */
export function entryTypeOf(cslType: string): string | undefined {
  return NEAREST[cslType] ?? TYPES[cslType]?.[0];
}

/** Entries that name a school or an institution rather than a publisher. */
export function institutionField(entryType: string): 'school' | 'institution' {
  return /^(?:phd|masters?)thesis$/.test(entryType) ? 'school' : 'institution';
}

/** Entries that are parts of a book: what holds them is a `booktitle`. */
export function isPartOfBook(cslType: string | undefined): boolean {
  return cslType === 'chapter' || cslType === 'paper-conference';
}

/** Whether a field is an address or an identifier rather than prose: dashes and tildes stay. */
export function isVerbatim(field: string): boolean {
  return /^(?:url|doi|pdf|paper-search-code|eprint|crossref|xdata|ids|bdsk-url-\d+|citeulike-\S+|biburl)$/.test(
    field,
  );
}
