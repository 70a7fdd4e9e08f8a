import type { KeywordEstimates, KeywordScores, Scored } from '../indexes/scores.ts';
import type { Indexes } from './corpus.ts';
import { type EncodedQuery, rankingVector } from './encode.ts';
import type { Match } from './match/match.ts';
import { keywordEstimates } from './scored-terms.ts';
import { topAmong } from './top-among.ts';

/** The first papers of a ranking. */
export interface Ranking {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** Papers in the whole ranking. */
  readonly total: number;
  /** The confidence score of the most relevant paper (`confidence.ts`); 0 without one. */
  readonly confidence: number;
}

/** A query's papers ranked by keyword or by meaning, or what a ranking by both is fused from. */
export type Ranked =
  | { readonly kind: 'ranking'; readonly ranking: Ranking }
  | { readonly kind: 'both'; readonly both: BothScores };

/** What the keyword scores and the cosines of papers are computed from. Valid until the next call of an index. */
export interface BothScores extends Pick<Indexes, 'dense' | 'vectorAt' | 'cosineScale'> {
  readonly keyword: KeywordEstimates;
  /** The keyword scores of all papers, which take longer. */
  readonly allScores: () => KeywordScores;
  /** What papers are compared with, L2-normalised. */
  readonly vector: Float32Array;
  /** The papers to rank; undefined for all. */
  readonly match: Match | undefined;
}

/** What of a query papers are ranked by. */
export type RankingQuery = Pick<
  EncodedQuery,
  'mode' | 'terms' | 'vector' | 'feedback' | 'match' | 'requiresText' | 'scored'
>;

/**
 * The stage `rank`: ranks papers by keyword or by meaning, or scores them for both, as the query's mode says.
 * @param query with a text to rank by. @param k papers wanted, from 0.
 */
export function rank(query: RankingQuery, k: number, indexes: Indexes): Ranked {
  if (query.mode === 'keyword') return { kind: 'ranking', ranking: rankByKeyword(query, k, indexes) };
  if (query.mode === 'semantic') return { kind: 'ranking', ranking: rankByMeaning(query, k, indexes) };
  return { kind: 'both', both: scoreByBoth(query, indexes) };
}

/**
 * BM25 over the terms of a query. Without a match, the papers that contain any term are ranked; with one, its papers:
 * those without a term come last if the match requires the text, and are omitted otherwise.
 */
function rankByKeyword(
  { terms, match, requiresText }: RankingQuery,
  k: number,
  { lexical }: Indexes,
): Ranking {
  if (!match) {
    const { hits, total = 0, maxScore } = lexical.top(terms, Math.max(k, 1), true);
    return { hits: hits.slice(0, k), total, confidence: shareOf(hits[0]?.score ?? 0, maxScore) };
  }
  const wanted = Math.max(k, 1);
  const { hits, total, maxScore } = topAmong(terms, wanted, match, lexical);
  const confidence = shareOf(hits[0]?.score ?? 0, maxScore);
  if (!requiresText) return { hits: hits.slice(0, k), total, confidence };
  return { hits: withOthers(hits, match, k), total: match.count, confidence };
}

/** The hits, and then the other papers of the match in their order. @param hits all that have a score, or more than k. */
function withOthers(hits: readonly Scored[], { mask }: Match, k: number): readonly Scored[] {
  const all = hits.slice(0, k);
  if (all.length === k) return all;
  const known = new Set(all.map(({ doc }) => doc));
  for (let doc = mask.indexOf(1); doc !== -1 && all.length < k; doc = mask.indexOf(1, doc + 1))
    if (!known.has(doc)) all.push({ doc, score: 0 });
  return all;
}

/** The cosine of papers and query. */
function rankByMeaning({ vector, match }: RankingQuery, k: number, indexes: Indexes): Ranking {
  const { dense, vectorAt, cosineScale } = indexes;
  const total = match?.count ?? dense.size;
  const wanted = Math.min(Math.max(k, 1), total);
  const hits = dense.nearest(vector!, wanted, { vectorAt, allowed: match?.mask });
  return {
    hits: hits.slice(0, k),
    total,
    confidence: hits[0] ? cosineScale.factor * hits[0].score + cosineScale.offset : 0,
  };
}

function scoreByBoth(query: RankingQuery, { lexical, dense, vectorAt, cosineScale }: Indexes): BothScores {
  return {
    keyword: keywordEstimates(query, lexical),
    allScores: () => lexical.score(query.terms),
    vector: rankingVector(query)!,
    match: query.match,
    ...{ dense, vectorAt, cosineScale },
  };
}

/** A keyword score as a share of the highest score possible for the query. */
function shareOf(score: number, maxScore: number): number {
  return maxScore > 0 && score > 0 ? score / maxScore : 0;
}
