import type { Fusion } from './fusion.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { KEYWORD_SHARE, weightedSum } from './weighted-sum.ts';

/** What a method may be told of an index. */
export interface FusionWeights {
  /** Share of the keyword score, 0 to 1; methods that look at ranks do not use it. */
  readonly lexicalShare: number;
}

export const DEFAULT_FUSION_WEIGHTS: FusionWeights = { lexicalShare: KEYWORD_SHARE };

/** Every way to fuse, by the name users choose it by. A new one is a file beside these and a line here. */
export const FUSIONS = {
  'weighted-sum': ({ lexicalShare }) => weightedSum(lexicalShare),
  'reciprocal-rank': () => reciprocalRank(),
} as const satisfies Record<string, (weights: FusionWeights) => Fusion>;

export type FusionName = keyof typeof FUSIONS;
export const FUSION_NAMES = Object.keys(FUSIONS) as [FusionName, ...FusionName[]];
export const DEFAULT_FUSION: FusionName = 'weighted-sum';
