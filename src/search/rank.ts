import type { KeywordScores, Scored } from '../indexes/scores.ts';
import { topDocuments } from '../indexes/top-documents.ts';
import { innerProduct } from '../indexes/vectors/inner-product.ts';
import type { Approximation } from '../indexes/vectors/vector-index.ts';
import type { CosineScale } from './confidence.ts';
import type { Indexes } from './corpus.ts';
import { type EncodedQuery, rankingVector } from './encode.ts';

/** The first papers of a ranking. */
export interface Ranking {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** Papers in the whole ranking. */
  readonly total: number;
  /** The confidence score of the most relevant paper (`confidence.ts`); 0 without one. */
  readonly confidence: number;
}

/** A query's papers ranked by keyword or by meaning, or both scores of each paper, which have to be fused. */
export type Ranked =
  | { readonly kind: 'ranking'; readonly ranking: Ranking }
  | { readonly kind: 'scores'; readonly scores: TwoScores };

/** The scores of every paper by keyword and by meaning. Views of the indexes, valid until their next call. */
export interface TwoScores {
  readonly keyword: KeywordScores;
  readonly semantic: Approximation & { readonly cosineOf: (doc: number) => number };
  readonly cosineScale: CosineScale;
  /** Papers to rank; undefined if these are the papers that have a cosine, which have to be counted. */
  readonly total: number | undefined;
}

/** What of a query papers are ranked by. */
export type RankingQuery = Pick<
  EncodedQuery,
  'mode' | 'terms' | 'vector' | 'feedback' | 'match' | 'requiresText'
>;

const NOT_RANKED = Number.NEGATIVE_INFINITY;

/** Papers that keyword search adds to a hybrid ranking of an index too large to compare all vectors. */
const MAX_BY_KEYWORD = 1000;

/**
 * The stage `rank`: scores papers by keyword, by meaning, or by both, as the query's mode says.
 * @param query with a text to rank by. @param k papers wanted, from 0.
 */
export function rank(query: RankingQuery, k: number, indexes: Indexes): Ranked {
  if (query.mode === 'keyword') return { kind: 'ranking', ranking: rankByKeyword(query, k, indexes) };
  if (query.mode === 'semantic') return { kind: 'ranking', ranking: rankByMeaning(query, k, indexes) };
  return { kind: 'scores', scores: scoreByBoth(query, k, indexes) };
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
  const { scores, maxScore } = lexical.score(terms);
  let total = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (match.mask[doc] === 0 || (!requiresText && scores[doc] === 0)) scores[doc] = NOT_RANKED;
    else total++;
  }
  const hits = topDocuments(scores, Math.min(Math.max(k, 1), total));
  return { hits: hits.slice(0, k), total, confidence: shareOf(hits[0]?.score ?? 0, maxScore) };
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

/**
 * All papers of the match are scored, except in an index so large that binary codes choose the papers to compare:
 * there, the nearest papers and the best by keyword are scored.
 */
function scoreByBoth(query: RankingQuery, k: number, indexes: Indexes): TwoScores {
  const { lexical, dense, vectorAt, cosineScale } = indexes;
  const { terms, match } = query;
  const vector = rankingVector(query)!;
  const semantic = dense.isApproximate
    ? dense.scoreLikely(
        vector,
        k,
        rankByKeyword({ ...query, requiresText: false }, k + MAX_BY_KEYWORD, indexes).hits.map(
          ({ doc }) => doc,
        ),
        match?.mask,
      )
    : dense.score(vector, match?.mask);
  return {
    keyword: lexical.score(terms),
    semantic: { ...semantic, cosineOf: (doc) => innerProduct(vector, vectorAt(doc)) },
    cosineScale,
    total: dense.isApproximate ? undefined : (match?.count ?? dense.size),
  };
}

/** A keyword score as a share of the highest score possible for the query. */
function shareOf(score: number, maxScore: number): number {
  return maxScore > 0 && score > 0 ? score / maxScore : 0;
}
