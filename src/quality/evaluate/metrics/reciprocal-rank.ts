/**
 * One over the rank of the first relevant paper (gain above 0) among the first k (Voorhees, TREC-8 question
 * answering track, 1999; trec_eval's recip_rank, which has no cutoff). Its mean over queries is MRR@k.
 * @param ranked paper ids, best first. @param gains judged papers; unjudged papers are not relevant.
 * @returns 0 to 1; 0 if no paper is relevant.
 */
export function reciprocalRankAt(
  k: number,
  ranked: readonly string[],
  gains: ReadonlyMap<string, number>,
): number {
  const index = ranked.slice(0, k).findIndex((id) => (gains.get(id) ?? 0) > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}
