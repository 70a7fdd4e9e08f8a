/**
 * Share of the relevant papers (gain above 0) that are among the first k (trec_eval's recall_k). A ranking shorter
 * than k counts as if only papers that are not relevant followed.
 * @param ranked paper ids, best first. @param gains judged papers; unjudged papers are not relevant.
 * @returns 0 to 1; 0 without a relevant paper.
 */
export function recallAt(k: number, ranked: readonly string[], gains: ReadonlyMap<string, number>): number {
  const relevant = Array.from(gains).filter(([, gain]) => gain > 0);
  if (relevant.length === 0) return 0;
  const found = new Set(ranked.slice(0, k));
  return relevant.filter(([id]) => found.has(id)).length / relevant.length;
}
