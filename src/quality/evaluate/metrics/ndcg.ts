/**
 * Normalised discounted cumulative gain: sum of gain / log2(rank + 1) over the first k ranks, divided by the sum
 * for the best possible order (Jarvelin and Kekalainen, TOIS 2002, with the discount of trec_eval's ndcg_cut).
 * @param ranked paper ids, best first. @param gains judged papers; unjudged papers and negative gains count 0.
 * @returns 0 to 1; 0 without a relevant paper.
 */
export function ndcgAt(k: number, ranked: readonly string[], gains: ReadonlyMap<string, number>): number {
  const ideal = [...gains.values()].filter((gain) => gain > 0).sort((a, b) => b - a);
  const best = discounted(ideal.slice(0, k));
  if (best === 0) return 0;
  return discounted(ranked.slice(0, k).map((id) => Math.max(0, gains.get(id) ?? 0))) / best;
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}
