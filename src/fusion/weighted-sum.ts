import type { Scored } from '../types.ts';

/** Share of the keyword score; scripts/measurements/fusion.md has the figures behind it. */
export const LEXICAL_SHARE = 0.3;

/**
 * Convex combination: share × keyword score / best keyword score + (1 - share) × cosine.
 * After Bruch, Gai and Ingber (TOIS 2023), equation 4; their normalisation by the least score is left out, so
 * that a cosine keeps its absolute meaning. A paper missing from a run adds 0.
 * @param lexical BM25 scores, positive, best first. @param dense cosines, best first.
 * @returns every paper of either run by descending score (at most 1); ties by position in the index.
 */
export function weightedSum(
  lexical: readonly Scored[],
  dense: readonly Scored[],
  lexicalShare = LEXICAL_SHARE,
): Scored[] {
  const scores = new Map<number, number>();
  for (const { doc, score } of dense) scores.set(doc, (1 - lexicalShare) * score);
  const best = lexical[0]?.score ?? 1;
  for (const { doc, score } of lexical) {
    scores.set(doc, (scores.get(doc) ?? 0) + (lexicalShare * score) / best);
  }
  return Array.from(scores, ([doc, score]) => ({ doc, score })).sort(
    (a, b) => b.score - a.score || a.doc - b.doc,
  );
}
