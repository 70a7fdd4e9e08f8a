import type { Paper } from '../../../papers/paper.ts';
import { cslTypeOf } from '../../../papers/write/kind.ts';

/** The kinds of publications that Semantic Scholar tells apart. */
export const PUBLICATION_TYPES = [
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

const JOURNAL = /\b(?:journal|transactions|letters|annals|magazine)\b/i;

/**
 * What kind of publication a paper is, as far as its venue and session tell; empty when they do not. A venue that may
 * be a meeting or a journal ("ICRA") is neither here.
 */
export function publicationTypesOf(paper: Paper): PublicationType[] {
  if (cslTypeOf(paper) === 'paper-conference' || (paper.session && !paper.venue)) return ['Conference'];
  if (paper.publication?.type === 'book') return ['Book'];
  if (paper.publication?.type === 'chapter') return ['BookSection'];
  return JOURNAL.test(paper.venue ?? '') ? ['JournalArticle'] : [];
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
