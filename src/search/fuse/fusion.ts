import type { KeywordScores } from '../../indexes/scores.ts';

/** What is known of one document when its parts are to be told. */
interface FusionInputs {
  readonly keyword: { readonly score: number; readonly most: number; readonly rank: number | undefined };
  readonly semantic: { readonly cosine: number; readonly rank: number };
}

/** A part of a fused score. */
interface FusedPart {
  readonly name: 'keyword' | 'semantic';
  /** The arithmetic in words: `0.6 × 12.1 / 20.4`. */
  readonly formula: string;
  readonly score: number;
}

/** A way to make one score of two for every document. */
export interface Fusion {
  /**
   * @param dense cosines, one a document; -Infinity for one that is not to be ranked.
   * @param fused where the scores go, one a document.
   */
  fuse(lexical: KeywordScores, dense: Float32Array, fused: Float64Array): void;
  /** The parts of a document's score; they add up to it. */
  explain(inputs: FusionInputs): FusedPart[];
  /** How much a fused score changes with the cosine; 0 when only ranks count. */
  readonly denseShare: number;
  /** The highest score that a document can have: what a reranker adds is a share of it. */
  readonly highestScore: number;
}
