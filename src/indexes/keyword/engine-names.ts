/** The names that users choose a keyword engine by. */
export const KEYWORD_ENGINE_NAMES = ['bm25', 'minisearch'] as const;
export type KeywordEngineName = (typeof KEYWORD_ENGINE_NAMES)[number];
export const DEFAULT_KEYWORD_ENGINE: KeywordEngineName = 'bm25';
