import type { LexicalScores } from '../types.ts';
import { reciprocalRankFusion } from './reciprocal-rank.ts';
import { DENSE_SHARE, weightedSum } from './weighted-sum.ts';

/** A way to make one score of two for every document. */
export interface Fusion {
  /** @param dense cosines, one a document. @param fused where the scores go, one a document. */
  fuse(lexical: LexicalScores, dense: Float32Array, fused: Float64Array): void;
  /** How much a fused score changes with the cosine; 0 when only ranks count. */
  readonly denseShare: number;
}

/** Every way to fuse, by the name users choose it by. A new one is a file beside these and a line here. */
export const FUSIONS = {
  'weighted-sum': {
    fuse: (lexical, dense, fused) => weightedSum(lexical, dense, fused),
    denseShare: DENSE_SHARE,
  },
  'reciprocal-rank': {
    fuse: (lexical, dense, fused) => reciprocalRankFusion(lexical.scores, dense, fused),
    denseShare: 0,
  },
} as const satisfies Record<string, Fusion>;

export type FusionName = keyof typeof FUSIONS;
export const FUSION_NAMES = Object.keys(FUSIONS) as [FusionName, ...FusionName[]];
export const DEFAULT_FUSION: FusionName = 'weighted-sum';
