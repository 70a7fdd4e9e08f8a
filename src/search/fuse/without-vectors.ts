import type { Scored } from '../../indexes/scores.ts';
import type { VectorIndex } from '../../indexes/vectors/vector-index.ts';
import { hybridOfKeyword } from '../confidence.ts';
import { Match } from '../match/match.ts';
import type { Ranking, RankingQuery } from '../rank.ts';

/** The stages `rank` and `fuse`: the first k papers of a query. */
export type Rank = (query: RankingQuery, k: number) => Ranking;

/**
 * Adds the papers that an ingest has not encoded yet to a hybrid ranking: such a paper has the rank that it has by keyword,
 * and the papers with a vector take the other ranks in the order of their fused scores.
 *
 * So a paper gains and loses nothing by having no vector: how many of the first papers have none depends on their words
 * alone. Without any vector, the ranking is that by keyword; with all of them, the hybrid one; and all its pages are
 * those of one ranking. scripts/measurements/without-vectors.md compares it with estimates of the missing cosines.
 * @param rank ranks papers by a mode; those without a vector only by keyword.
 */
export function withUnencoded(rank: Rank, { size, missing }: Pick<VectorIndex, 'size' | 'missing'>): Rank {
  if (!missing) return rank;
  return (query, k) => {
    if (query.mode !== 'hybrid') return rank(query, k);
    const match = query.match ?? Match.all(size);
    const unencoded = match.and(new Match(missing));
    const encoded = match.without(unencoded);
    const byKeyword = firstByKeyword(rank({ ...query, mode: 'keyword', requiresText: false }, k), match, k);
    const without = byKeyword.reduce((sum, { doc }) => sum + missing[doc]!, 0);
    // Papers before the first one with a vector have its score, on a page without such a paper too.
    const wanted = Math.min(Math.max(k - without, 1), encoded.count);
    const fused = rank({ ...query, match: encoded }, wanted);
    const words = rank({ ...query, mode: 'keyword', match: unencoded, requiresText: false }, 1);
    return {
      hits: mergeByRank(fused.hits, byKeyword, missing),
      total: fused.total + unencoded.count,
      confidence: Math.max(fused.confidence, hybridOfKeyword(words.confidence)),
    };
  };
}

/** The first papers of a match by keyword, as shares of the best score; papers without a word of the query follow, by position. */
function firstByKeyword({ hits, confidence }: Ranking, { mask }: Match, k: number): Scored[] {
  const best = hits[0]?.score ?? 0;
  const first = hits.map(({ doc, score }) => ({ doc, score: best > 0 ? (confidence * score) / best : 0 }));
  if (first.length === k) return first;
  const found = new Set(hits.map(({ doc }) => doc));
  for (let doc = 0; doc < mask.length && first.length < k; doc++) {
    if (mask[doc] === 1 && !found.has(doc)) first.push({ doc, score: 0 });
  }
  return first;
}

/**
 * One ranking of papers with and without a vector, as `withUnencoded` describes it. A paper without one has the score of
 * the last paper with one before it, or else of the first one; without any, its own keyword score.
 * @param fused the first papers with a vector, best first: as many as `byKeyword` has, and one at least, if there are any.
 * @param byKeyword the first papers of both kinds, best first, with shares of the highest keyword score.
 * @param missing one byte a paper, 1 for those without a vector.
 */
export function mergeByRank(
  fused: readonly Scored[],
  byKeyword: readonly Scored[],
  missing: Uint8Array,
): Scored[] {
  let next = 0;
  return byKeyword.flatMap((hit) => {
    if (missing[hit.doc] === 1) {
      return [{ doc: hit.doc, score: (fused[next - 1] ?? fused[0] ?? hit).score }];
    }
    const best = fused[next++];
    return best ? [best] : [];
  });
}
