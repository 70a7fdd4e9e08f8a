import { averagePrecision } from './metrics/average-precision.ts';
import { ndcgAt } from './metrics/ndcg.ts';
import { recallAt } from './metrics/recall.ts';
import { reciprocalRankAt } from './metrics/reciprocal-rank.ts';
import { successAt } from './metrics/success.ts';

export const MEASURES = ['ndcg@10', 'map', 'mrr@10', 'recall@10', 'recall@100', 'success@1'] as const;
export type MeasureName = (typeof MEASURES)[number];

/** A value from 0 to 1 for each measure: of one query (`map` is its average precision), or a mean over queries. */
export type Measures = Readonly<Record<MeasureName, number>>;

/** All measures of one ranking. @param ranked paper ids, best first, each once. @param gains judged papers. */
export function measuresOf(ranked: readonly string[], gains: ReadonlyMap<string, number>): Measures {
  return {
    'ndcg@10': ndcgAt(10, ranked, gains),
    map: averagePrecision(ranked, gains),
    'mrr@10': reciprocalRankAt(10, ranked, gains),
    'recall@10': recallAt(10, ranked, gains),
    'recall@100': recallAt(100, ranked, gains),
    'success@1': successAt(1, ranked, gains),
  };
}

/** The arithmetic mean of each measure over queries. @param queries at least one. */
export function meanOf(queries: readonly Measures[]): Measures {
  const mean = (name: MeasureName) => queries.reduce((sum, query) => sum + query[name], 0) / queries.length;
  return {
    'ndcg@10': mean('ndcg@10'),
    map: mean('map'),
    'mrr@10': mean('mrr@10'),
    'recall@10': mean('recall@10'),
    'recall@100': mean('recall@100'),
    'success@1': mean('success@1'),
  };
}
