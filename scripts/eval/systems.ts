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

/** A way to answer that is measured. */
export interface System {
  readonly name: SystemName;
  /** As tables call it. */
  readonly label: string;
  readonly mode: EvaluatedMode;
  readonly fusion?: FusionName;
  readonly fallback?: boolean;
  readonly rerank?: number;
  /** Whether the short table has it. */
  readonly isShort?: boolean;
}

/** What is measured; `related` where queries are papers. */
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
