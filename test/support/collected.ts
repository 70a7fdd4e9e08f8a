import { PaperSearchError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';

/** A snapshot that knows some papers by id, alias and identifier, as far as collections use one. */
export function papersOf(papers: readonly Paper[], id = 'snapshot') {
  return {
    id,
    async paper(wanted: string): Promise<Paper> {
      const exact = papers.find((paper) => paper.id === wanted || paper.aliases?.includes(wanted));
      const sharing = papers.filter(({ externalIds }) =>
        Object.entries(externalIds).some(([kind, value]) => `${kind}:${value}` === wanted),
      );
      const found = exact ?? (sharing.length === 1 ? sharing[0] : undefined);
      if (found) return found;
      throw new PaperSearchError('NOT_FOUND', `There is no paper with id "${wanted}".`);
    },
  };
}
