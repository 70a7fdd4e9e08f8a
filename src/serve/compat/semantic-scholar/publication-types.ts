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

/** Semantic Scholar's names of our publication types. */
const NAMES = {
  conference: 'Conference',
  journal: 'JournalArticle',
  book: 'Book',
  chapter: 'BookSection',
} as const;
type OurType = keyof typeof NAMES;

/** The publication types of a paper, see `publicationTypeOf`; empty when the type is unknown. */
export function publicationTypesOf(paper: Paper): PublicationType[] {
  const type = publicationTypeOf(paper);
  return type ? [NAMES[type]] : [];
}

/** Our name of a type in the filter `publicationType`; undefined for a type that papers here never have. */
export function ourTypeOf(type: PublicationType): OurType | undefined {
  return (Object.keys(NAMES) as OurType[]).find((name) => NAMES[name] === type);
}

/** The type with this name, in any case; undefined for an unknown name. */
export function publicationType(name: string): PublicationType | undefined {
  const wanted = name.trim().toLowerCase();
  return PUBLICATION_TYPES.find((type) => type.toLowerCase() === wanted);
}
