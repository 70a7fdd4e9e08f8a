import type { Paper } from '../../../papers/paper.ts';
import { publicationTypeOf } from '../../../papers/publication-type.ts';

/** The kinds of publications that Semantic Scholar tells apart. */
const PUBLICATION_TYPES = [
  'Review',
  'JournalArticle',
  'CaseReport',
  'ClinicalTrial',
  'Conference',
  'Dataset',
  'Editorial',
  'LettersAndComments',
  'MetaAnalysis',
  'News',
  'Study',
  'Book',
  'BookSection',
] as const;
export type PublicationType = (typeof PUBLICATION_TYPES)[number];

/** The names here of what a paper was published as. */
const NAMES = {
  conference: 'Conference',
  journal: 'JournalArticle',
  book: 'Book',
  chapter: 'BookSection',
} as const;

/** What a paper was published as, see `publicationTypeOf`; empty when that is not known. */
export function publicationTypesOf(paper: Paper): PublicationType[] {
  const type = publicationTypeOf(paper);
  return type ? [NAMES[type]] : [];
}

/** The type with a name, in any case; undefined for none of them. */
export function publicationType(name: string): PublicationType | undefined {
  const wanted = name.trim().toLowerCase();
  return PUBLICATION_TYPES.find((type) => type.toLowerCase() === wanted);
}

/** Types as the bits of a number. */
export function typeBits(types: readonly PublicationType[]): number {
  return types.reduce((bits, type) => bits | (1 << PUBLICATION_TYPES.indexOf(type)), 0);
}
