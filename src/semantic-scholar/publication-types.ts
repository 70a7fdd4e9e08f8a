import type { Paper } from '../types.ts';

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

const MEETING = /\b(?:conference|proceedings|symposium|workshop|meeting)\b/i;
const JOURNAL = /\b(?:journal|transactions|letters|annals|magazine)\b/i;

/**
 * What kind of publication a paper is, as far as its session and the name of its venue tell; empty when they do not.
 * "Journal of Conference Proceedings" is a journal.
 */
export function publicationTypesOf({
  venue = '',
  session,
}: Pick<Paper, 'venue' | 'session'>): PublicationType[] {
  if (JOURNAL.test(venue)) return ['JournalArticle'];
  return session || MEETING.test(venue) ? ['Conference'] : [];
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
