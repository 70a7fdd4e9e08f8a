/**
 * Average precision: the precision at the rank of each relevant paper (gain above 0), summed over the papers found and
 * divided by the number of relevant papers, so that a paper that is not found counts 0 (Buckley and Voorhees, "Retrieval System
 * Evaluation", in TREC, MIT Press 2005; trec_eval's map). Its mean over queries is MAP.
 * @param ranked paper ids, best first, each once. @param gains judged papers; unjudged papers are not relevant.
 * @returns 0 to 1; 0 without a relevant paper.
 */
export function averagePrecision(ranked: readonly string[], gains: ReadonlyMap<string, number>): number {
  const relevant = Array.from(gains.values()).filter((gain) => gain > 0).length;
  if (relevant === 0) return 0;
  let found = 0;
  let sum = 0;
  ranked.forEach((id, index) => {
    if ((gains.get(id) ?? 0) <= 0) return;
    found++;
    sum += found / (index + 1);
  });
  return sum / relevant;
}
