import { bm25Engine } from './bm25/engine.ts';
import type { LexicalEngine } from './lexical-index.ts';
import { minisearchEngine } from './minisearch.ts';

/** Every keyword engine, by the name users choose it by. */
export const LEXICAL_ENGINES = {
  bm25: bm25Engine,
  minisearch: minisearchEngine,
} as const satisfies Record<string, LexicalEngine>;

/** The engine whose serialised form has a name, as a manifest records it; undefined for none that is known. */
export function lexicalEngineOf(form: string): LexicalEngine | undefined {
  return Object.values(LEXICAL_ENGINES).find(({ name }) => name === form);
}

export type LexicalEngineName = keyof typeof LEXICAL_ENGINES;
export const LEXICAL_ENGINE_NAMES = Object.keys(LEXICAL_ENGINES) as [
  LexicalEngineName,
  ...LexicalEngineName[],
];
export const DEFAULT_LEXICAL_ENGINE: LexicalEngineName = 'bm25';
