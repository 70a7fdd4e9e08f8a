import type { LexicalScores } from '../types.ts';

/** Share of the keyword score; the rest is the cosine's. scripts/measurements/fusion.md has the figures behind it. */
const LEXICAL_SHARE = 0.6;
export const DENSE_SHARE = 1 - LEXICAL_SHARE;

/**
 * Convex combination: share × keyword score / the most it can be + (1 - share) × cosine.
 * After Bruch, Gai and Ingber (TOIS 2023), equation 4, with the theoretical bound of the keyword score in place
 * of the best score of the run, and the cosine as it is: both keep their absolute meaning.
 * @param dense cosines, one a document. @param fused where the scores go, one a document.
 */
export function weightedSum(
  { scores, most }: LexicalScores,
  dense: Float32Array,
  fused: Float64Array,
  lexicalShare = LEXICAL_SHARE,
): void {
  const perPoint = most > 0 ? lexicalShare / most : 0;
  const denseShare = 1 - lexicalShare;
  for (let doc = 0; doc < fused.length; doc++) {
    fused[doc] = perPoint * scores[doc]! + denseShare * dense[doc]!;
  }
}
