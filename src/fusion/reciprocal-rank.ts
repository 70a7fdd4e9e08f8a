import type { Scored } from '../types.ts';

/** The constant of reciprocal rank fusion: the larger, the less the first ranks stand out. */
export const RRF_K = 60;

/**
 * Reciprocal rank fusion: sum over runs of 1 / (k + rank), rank from 1.
 * Cormack, Clarke and Buettcher (SIGIR 2009), k = 60 as there. A paper missing from a run adds 0.
 * @param runs rankings, best first.
 * @returns every paper of any run by descending fused score; ties by position in the index.
 */
export function reciprocalRankFusion(runs: readonly (readonly Scored[])[], k = RRF_K): Scored[] {
  const scores = new Map<number, number>();
  for (const run of runs) {
    run.forEach(({ doc }, index) => {
      scores.set(doc, (scores.get(doc) ?? 0) + 1 / (k + index + 1));
    });
  }
  return Array.from(scores, ([doc, score]) => ({ doc, score })).sort(
    (a, b) => b.score - a.score || a.doc - b.doc,
  );
}
