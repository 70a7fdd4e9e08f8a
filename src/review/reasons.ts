import type { Pool } from './pool/pool.ts';
import type { Ranked, Rankings } from './ranking.ts';
import type { MarkedSpan, Reasons } from './review.ts';

/** Why a paper has its rank: the terms and the labelled papers that say so. @param row of the paper. */
export function reasonsOf(pool: Pool, rankings: Rankings, ranked: Ranked, row: number): Reasons {
  const { terms, nearest } = rankings.explain(ranked, row);
  const spans = terms.flatMap(({ weight, spans }) =>
    spans.map((span): MarkedSpan => ({ ...span, for: weight > 0 })),
  );
  return {
    terms: terms.map(({ term, weight }) => ({ term, weight })),
    spans: spans.sort(
      (a, b) =>
        (a.field === b.field ? 0 : a.field === 'title' ? -1 : 1) || a.start - b.start || a.end - b.end,
    ),
    nearest: nearest.map(({ row: other, included, similarity }) => {
      const { id, title } = pool.papers[other]!.paper;
      return { id, title, included, similarity: Math.min(1, Math.max(0, similarity)) };
    }),
  };
}
