import type { EvaluatedMode } from '../../src/quality/evaluate/retrieve.ts';
import type { FusionName } from '../../src/search/fuse/methods.ts';

export type SystemName =
  | 'keyword'
  | 'semantic'
  | 'hybrid'
  | 'hybrid-first'
  | 'verifier'
  | 'hybrid-rrf'
  | 'related';

/** A configuration that is measured. */
export interface System {
  readonly name: SystemName;
  /** Its name in tables. */
  readonly label: string;
  readonly mode: EvaluatedMode;
  readonly fusion?: FusionName;
  readonly fallback?: boolean;
  readonly rerank?: number;
  /** Whether the short table contains it. */
  readonly isShort?: boolean;
}

/** The measured configurations; `related` if queries are papers. */
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
];
