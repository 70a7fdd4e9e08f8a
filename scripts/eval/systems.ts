import type { EvaluatedMode } from '../../src/eval/retrieve.ts';
import type { FusionName } from '../../src/fusion/methods.ts';

export type SystemName = 'keyword' | 'semantic' | 'hybrid' | 'hybrid-rrf' | 'related';

/** A way to answer that is measured. */
export interface System {
  readonly name: SystemName;
  /** As tables call it. */
  readonly label: string;
  readonly mode: EvaluatedMode;
  readonly fusion?: FusionName;
}

/** What is measured; `related` where queries are papers. */
export const SYSTEMS: readonly System[] = [
  { name: 'keyword', label: 'keyword', mode: 'keyword' },
  { name: 'semantic', label: 'semantic', mode: 'semantic' },
  { name: 'hybrid', label: 'hybrid', mode: 'hybrid', fusion: 'weighted-sum' },
  { name: 'hybrid-rrf', label: 'hybrid, RRF', mode: 'hybrid', fusion: 'reciprocal-rank' },
  { name: 'related', label: 'related', mode: 'related' },
];
