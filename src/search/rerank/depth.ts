import type { SearchRequest } from '../api.ts';

/** Papers that a request reranks if it names a reranker but no number. */
export const DEFAULT_RERANKED = 50;

/** How many papers a request reranks, at most. */
export function rerankedDepth({ rerank, rerankBy }: Pick<SearchRequest, 'rerank' | 'rerankBy'>): number {
  return rerank ?? (rerankBy === undefined ? 0 : DEFAULT_RERANKED);
}
