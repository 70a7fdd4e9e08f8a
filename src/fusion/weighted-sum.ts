/** Share of the keyword score; scripts/measurements/fusion.md has the figures behind it. */
export const LEXICAL_SHARE = 0.3;

/**
 * Convex combination: share × keyword score / best keyword score + (1 - share) × cosine.
 * After Bruch, Gai and Ingber (TOIS 2023), equation 4; their normalisation by the least score is left out, so
 * that a cosine keeps its absolute meaning.
 * @param lexical BM25 scores, one a document, 0 for no match. @param dense cosines, one a document.
 * @returns one score a document, at most 1.
 */
export function weightedSum(
  lexical: Float64Array,
  dense: Float64Array,
  lexicalShare = LEXICAL_SHARE,
): Float64Array {
  let best = 0;
  for (let doc = 0; doc < lexical.length; doc++) if (lexical[doc]! > best) best = lexical[doc]!;
  const fused = new Float64Array(dense.length);
  for (let doc = 0; doc < fused.length; doc++) {
    const matched = best > 0 ? lexical[doc]! / best : 0;
    fused[doc] = lexicalShare * matched + (1 - lexicalShare) * dense[doc]!;
  }
  return fused;
}
