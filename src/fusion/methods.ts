import type { LexicalScores } from '../types.ts';
import { reciprocalRankFusion } from './reciprocal-rank.ts';
import { weightedSum } from './weighted-sum.ts';

/** Makes one score of two for every document. @param dense cosines, one a document. */
export type Fusion = (lexical: LexicalScores, dense: Float64Array) => Float64Array;

/** Every way to fuse, by the name users choose it by. A new one is a file beside these and a line here. */
export const FUSIONS = {
  'weighted-sum': (lexical, dense) => weightedSum(lexical, dense),
  'reciprocal-rank': (lexical, dense) => reciprocalRankFusion(lexical.scores, dense),
} as const satisfies Record<string, Fusion>;

export type FusionName = keyof typeof FUSIONS;
export const FUSION_NAMES = Object.keys(FUSIONS) as [FusionName, ...FusionName[]];
export const DEFAULT_FUSION: FusionName = 'weighted-sum';
