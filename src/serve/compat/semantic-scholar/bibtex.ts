import type { Paper } from '../../../papers/paper.ts';
import { exportPapers } from '../../../papers/write/formats.ts';

/**
 * The BibTeX entry of a paper. Semantic Scholar's own entries begin with a list of types, which readers do not accept.
 */
export function bibtexOf(paper: Paper): string {
  return exportPapers([paper], 'bibtex').trim();
}
