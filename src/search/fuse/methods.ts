import { BUNDLED_RANKING } from '../../encode/model-info.ts';
import type { Fusion } from './fusion.ts';
import { reciprocalRank } from './reciprocal-rank.ts';
import { weightedSum } from './weighted-sum.ts';

/** Parameters of a method that depend on the index. */
export interface FusionWeights {
  /** Weight of the keyword score, 0 to 1; methods that fuse ranks ignore it. */
  readonly lexicalShare: number;
}

/** The weights of an index of the bundled model that was not tuned. */
export const DEFAULT_FUSION_WEIGHTS: FusionWeights = { lexicalShare: BUNDLED_RANKING.keywordShare };

/** Every fusion method by the name that users choose it by. A new one is a file in this folder and a line here. */
export const FUSIONS = {
  'weighted-sum': ({ lexicalShare }) => weightedSum(lexicalShare),
  'reciprocal-rank': () => reciprocalRank(),
} as const satisfies Record<string, (weights: FusionWeights) => Fusion>;

export type FusionName = keyof typeof FUSIONS;
export const FUSION_NAMES = Object.keys(FUSIONS) as [FusionName, ...FusionName[]];
export const DEFAULT_FUSION: FusionName = 'weighted-sum';
