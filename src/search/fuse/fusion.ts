import type { KeywordScores } from '../../indexes/scores.ts';

/** What is known about one document when its score is explained. */
interface FusionInputs {
  readonly keyword: { readonly score: number; readonly most: number; readonly rank: number | undefined };
  readonly semantic: { readonly cosine: number; readonly rank: number };
}

/** A part of a fused score. */
interface FusedPart {
  readonly name: 'keyword' | 'semantic';
  /** The arithmetic as text: `0.6 × 12.1 / 20.4`. */
  readonly formula: string;
  readonly score: number;
}

/** A method that fuses two scores of every document into one. */
export interface Fusion {
  /**
   * @param dense cosines, one per document; -Infinity for a document that is not ranked.
   * @param fused output, one score per document.
   */
  fuse(lexical: KeywordScores, dense: Float32Array, fused: Float64Array): void;
  /** The parts of a document's score; they add up to it. */
  explain(inputs: FusionInputs): FusedPart[];
  /** How much a fused score changes with the keyword score as a share of its maximum; 0 if only ranks count. */
  readonly lexicalShare: number;
  /** How much a fused score changes with the cosine; 0 if only ranks count. */
  readonly denseShare: number;
  /** The maximum score of a document: a reranker's bonus is a share of it. */
  readonly highestScore: number;
}
