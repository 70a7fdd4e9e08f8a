import type { Scored } from '../types.ts';
import { reciprocalRankFusion } from './reciprocal-rank.ts';
import { weightedSum } from './weighted-sum.ts';

/** Makes one ranking of a keyword run and a semantic run, both best first. */
export type Fusion = (lexical: readonly Scored[], dense: readonly Scored[]) => Scored[];

/** Every way to fuse, by the name users choose it by. A new one is a file beside these and a line here. */
export const FUSIONS = {
  'weighted-sum': (lexical, dense) => weightedSum(lexical, dense),
  'reciprocal-rank': (lexical, dense) => reciprocalRankFusion([lexical, dense]),
} as const satisfies Record<string, Fusion>;

export type FusionName = keyof typeof FUSIONS;
export const FUSION_NAMES = Object.keys(FUSIONS) as [FusionName, ...FusionName[]];
export const DEFAULT_FUSION: FusionName = 'weighted-sum';
