import type { KeywordScores, Scored } from '../../indexes/scores.ts';

/**
 * The tie breaker of papers with equal sums of reciprocal ranks: the keyword score as a share of its maximum, plus the
 * cosine. Such sums are often equal: first and second by keyword and second and first by cosine, for example.
 */
export function tieBreaker(
  { scores, maxScore }: KeywordScores,
  cosines: Float32Array,
): (doc: number) => number {
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  return (doc) => perPoint * scores[doc]! + cosines[doc]!;
}

/**
 * A ranking by fused scores whose ties are ranked by another score, then by position.
 * @param likely the first papers by fused score, at least one. @param fused the fused score of every paper.
 */
export function breakTies(
  likely: readonly Scored[],
  fused: Float64Array,
  scoreOf: (doc: number) => number,
): readonly Scored[] {
  const least = likely.at(-1)!.score;
  const ranked = likely.filter(({ score }) => score > least);
  // All papers that tie with the last one, so that a longer page begins like a shorter one.
  for (let doc = 0; doc < fused.length; doc++) if (fused[doc] === least) ranked.push({ doc, score: least });
  const ties = new Map(ranked.map(({ doc }) => [doc, scoreOf(doc)]));
  ranked.sort((a, b) => b.score - a.score || ties.get(b.doc)! - ties.get(a.doc)! || a.doc - b.doc);
  return ranked.slice(0, likely.length);
}
