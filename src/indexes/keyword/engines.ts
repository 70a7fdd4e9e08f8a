import { bm25Engine } from './bm25/engine.ts';
import type { KeywordEngineName } from './engine-names.ts';
import type { KeywordEngine } from './keyword-index.ts';
import { minisearchEngine } from './minisearch.ts';

/** Every keyword engine, by the name users choose it by. */
export const KEYWORD_ENGINES = {
  bm25: bm25Engine,
  minisearch: minisearchEngine,
} as const satisfies Record<KeywordEngineName, KeywordEngine>;

/** The engine whose serialised form has a name, as a manifest records it; undefined for none that is known. */
export function keywordEngineOf(form: string): KeywordEngine | undefined {
  return Object.values(KEYWORD_ENGINES).find(({ name }) => name === form);
}
