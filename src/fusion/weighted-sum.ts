import type { LexicalScores } from '../types.ts';

/** Share of the keyword score; scripts/measurements/fusion.md has the figures behind it. */
const LEXICAL_SHARE = 0.375;

/**
 * Convex combination: share × coverage × keyword score / best keyword score + (1 - share) × cosine.
 * After Bruch, Gai and Ingber (TOIS 2023), equation 4. Their normalisation by the least score is left out, so
 * that a cosine keeps its absolute meaning; the coverage of the query is put in, so that the best of poor keyword
 * matches is not taken for a good one.
 * @param dense cosines, one a document.
 * @returns one score a document, at most 1.
 */
export function weightedSum(
  { scores, coverage }: LexicalScores,
  dense: Float64Array,
  lexicalShare = LEXICAL_SHARE,
): Float64Array {
  let best = 0;
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > best) best = scores[doc]!;
  const fused = new Float64Array(dense.length);
  for (let doc = 0; doc < fused.length; doc++) {
    const matched = best > 0 ? (coverage * scores[doc]!) / best : 0;
    fused[doc] = lexicalShare * matched + (1 - lexicalShare) * dense[doc]!;
  }
  return fused;
}
