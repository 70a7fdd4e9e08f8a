import type { Paper, PaperSource } from './paper.ts';

/**
 * A paper of which only the id and the title are known.
 * @param source what there is instead of the place where it was read.
 */
export function paperOfTitle({ id, title }: Pick<Paper, 'id' | 'title'>, source: PaperSource): Paper {
  return {
    id,
    title,
    abstract: '',
    authors: [],
    authorNames: [],
    keywords: [],
    categories: [],
    urls: {},
    externalIds: {},
    source,
  };
}
