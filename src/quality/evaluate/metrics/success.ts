/**
 * Whether a relevant paper (gain above 0) is among the first k (trec_eval's success_k). Its mean over queries is
 * the share of queries with a relevant paper among the first k.
 * @param ranked paper ids, best first. @param gains judged papers; unjudged papers are not relevant.
 * @returns 1 or 0.
 */
export function successAt(k: number, ranked: readonly string[], gains: ReadonlyMap<string, number>): number {
  return ranked.slice(0, k).some((id) => (gains.get(id) ?? 0) > 0) ? 1 : 0;
}
