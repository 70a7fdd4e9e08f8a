import type { SearchMode } from '../../search/mode.ts';

/** The search modes; related papers; and related papers by one of the two similarities alone. */
export const EVALUATED_MODES = [
  'keyword',
  'semantic',
  'hybrid',
  'related',
  'related-keyword',
  'related-semantic',
] as const;
export type EvaluatedMode = (typeof EVALUATED_MODES)[number];

/** How each mode for related papers compares them. */
export const SIMILARITIES = {
  related: 'hybrid',
  'related-keyword': 'keyword',
  'related-semantic': 'semantic',
} as const satisfies Partial<Record<EvaluatedMode, SearchMode>>;
export type RelatedMode = keyof typeof SIMILARITIES;

/** Whether a mode takes each query as a paper, and looks for the papers related to it. */
export function isRelatedMode(mode: EvaluatedMode): mode is RelatedMode {
  return mode in SIMILARITIES;
}

/** Papers kept a query, as at TREC. */
export const DEFAULT_DEPTH = 1000;
