import type { Paper } from './paper.ts';
import { cslTypeOf } from './write/kind.ts';

const JOURNAL = /\b(?:journal|transactions|letters|annals|magazine)\b/i;

/** The types of publication that are distinguished. */
type PublicationType = 'conference' | 'journal' | 'book' | 'chapter';

/**
 * What a paper was published as, if its source, venue or session says so; undefined otherwise. A venue that may be a
 * meeting or a journal ("ICRA") says neither.
 */
export function publicationTypeOf(paper: Paper): PublicationType | undefined {
  if (cslTypeOf(paper) === 'paper-conference' || (paper.session && !paper.venue)) return 'conference';
  if (paper.publication?.type === 'book' || paper.publication?.type === 'chapter') {
    return paper.publication.type;
  }
  return JOURNAL.test(paper.venue ?? '') ? 'journal' : undefined;
}
