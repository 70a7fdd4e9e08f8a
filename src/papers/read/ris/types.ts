/** Types of references by the type of CSL, the one that is written for it first. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'article-journal': ['JOUR', 'EJOUR', 'INPR', 'ABST', 'JFULL'],
  'article-magazine': ['MGZN'],
  'article-newspaper': ['NEWS'],
  book: ['BOOK', 'EDBOOK', 'EBOOK', 'SER', 'CLSWK', 'ANCIENT'],
  chapter: ['CHAP', 'ECHAP'],
  'entry-dictionary': ['DICT'],
  'entry-encyclopedia': ['ENCYC'],
  'paper-conference': ['CPAPER', 'CONF'],
  thesis: ['THES'],
  report: ['RPRT', 'GOVDOC'],
  webpage: ['ELEC', 'ICOMM'],
  'post-weblog': ['BLOG'],
  manuscript: ['UNPB', 'UNPD', 'MANSCPT'],
  pamphlet: ['PAMP'],
  patent: ['PAT'],
  software: ['COMP'],
  dataset: ['DATA', 'AGGR'],
  standard: ['STAND'],
  legislation: ['STAT', 'BILL'],
  legal_case: ['CASE'],
  motion_picture: ['VIDEO', 'MPCT'],
  song: ['SOUND', 'MUSIC'],
  map: ['MAP'],
  graphic: ['ART', 'FIGURE'],
  speech: ['SLIDE', 'HEAR'],
  personal_communication: ['PCOMM'],
  document: ['GEN'],
};
/** Types of CSL that RIS has none of its own for. */
const NEAREST: Readonly<Record<string, string>> = { article: 'GEN', periodical: 'JFULL', post: 'BLOG' };
const BY_REFERENCE = new Map(
  Object.entries(TYPES).flatMap(([type, references]) => references.map((reference) => [reference, type])),
);

/** The CSL type for a reference's type (TY); undefined for an unknown one. */
export function cslTypeOfReference(type: string): string | undefined {
  return BY_REFERENCE.get(type);
}

/** The reference's type for a type of CSL; undefined for one that is not known. */
export function referenceTypeOf(cslType: string): string | undefined {
  return TYPES[cslType]?.[0] ?? NEAREST[cslType];
}

const WHOLE_BOOKS = new Set(['BOOK', 'EDBOOK', 'EBOOK', 'SER', 'THES', 'RPRT']);

/** Whether the second title (T2) of a type is that of a series: nothing but a series holds a whole book. */
export function isWholeBook(type: string): boolean {
  return WHOLE_BOOKS.has(type);
}
