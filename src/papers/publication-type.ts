import type { Paper } from './paper.ts';
import { cslTypeOf } from './write/kind.ts';

const JOURNAL = /\b(?:journal|transactions|letters|annals|magazine)\b/i;

/**
 * What a paper was published as, when its venue or session says so; undefined otherwise. A venue that may be a meeting
 * or a journal ("ICRA") says neither.
 */
export function publicationTypeOf(paper: Paper): 'conference' | 'journal' | undefined {
  if (cslTypeOf(paper) === 'paper-conference' || (paper.session && !paper.venue)) return 'conference';
  return JOURNAL.test(paper.venue ?? '') ? 'journal' : undefined;
}
