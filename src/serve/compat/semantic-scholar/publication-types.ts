import type { Paper } from '../../../papers/paper.ts';
import { publicationTypeOf } from '../../../papers/publication-type.ts';

/** The types of publications of Semantic Scholar. */
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
type OurType = keyof typeof NAMES;

/** What a paper was published as, see `publicationTypeOf`; empty when that is not known. */
export function publicationTypesOf(paper: Paper): PublicationType[] {
  const type = publicationTypeOf(paper);
  return type ? [NAMES[type]] : [];
}

/** What the filter `publicationType` calls a type; undefined for a type that no paper here is known to have. */
export function ourTypeOf(type: PublicationType): OurType | undefined {
  return (Object.keys(NAMES) as OurType[]).find((name) => NAMES[name] === type);
}

/** The type with a name, in any case; undefined for none of them. */
export function publicationType(name: string): PublicationType | undefined {
  const wanted = name.trim().toLowerCase();
  return PUBLICATION_TYPES.find((type) => type.toLowerCase() === wanted);
}
