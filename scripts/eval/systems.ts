import type { EvaluatedMode } from '../../src/quality/evaluate/modes.ts';
import type { FusionName } from '../../src/search/fuse/methods.ts';

export type SystemName =
  | 'keyword'
  | 'semantic'
  | 'hybrid'
  | 'hybrid-first'
  | 'verifier'
  | 'hybrid-rrf'
  | 'related'
  | 'bm25s'
  | 'bm25s-rrf';

/** A configuration that is measured. */
export interface System {
  readonly name: SystemName;
  /** Its name in tables. */
  readonly label: string;
  /** Undefined for what this project is compared with: another engine, alone and fused with our semantic search. */
  readonly mode: EvaluatedMode | undefined;
  readonly fusion?: FusionName;
  readonly fallback?: boolean;
  readonly rerank?: number;
  /** Whether the short table contains it. */
  readonly isShort?: boolean;
}

/** The measured configurations; `related` if queries are papers, those of bm25s if its packages are installed. */
export const SYSTEMS: readonly System[] = [
  { name: 'keyword', label: 'keyword', mode: 'keyword', fallback: false, isShort: true },
  { name: 'semantic', label: 'semantic', mode: 'semantic', fallback: false, isShort: true },
  { name: 'hybrid', label: 'hybrid', mode: 'hybrid', isShort: true },
  { name: 'hybrid-first', label: 'hybrid, no fallback', mode: 'hybrid', fallback: false },
  {
    name: 'verifier',
    label: 'hybrid, first 100 reranked by sentence',
    mode: 'hybrid',
    fallback: false,
    rerank: 100,
  },
  {
    name: 'hybrid-rrf',
    label: 'hybrid, RRF',
    mode: 'hybrid',
    fusion: 'reciprocal-rank',
    fallback: false,
    isShort: true,
  },
  { name: 'related', label: 'related', mode: 'related', isShort: true },
  { name: 'bm25s', label: 'bm25s', mode: undefined, isShort: true },
  { name: 'bm25s-rrf', label: 'RRF of bm25s and semantic', mode: undefined, isShort: true },
];
