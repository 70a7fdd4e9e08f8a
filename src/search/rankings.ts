import type { KeywordIndex, QueryTerm } from '../indexes/keyword/keyword-index.ts';
import type { KeywordScores, Scored } from '../indexes/scores.ts';
import { topDocuments } from '../indexes/top-documents.ts';
import type { CodeIndex } from '../indexes/vectors/code-index.ts';
import { innerProduct } from '../indexes/vectors/inner-product.ts';
import type { Fusion } from './fuse/fusion.ts';
import type { Match } from './match/match-condition.ts';
import { hybridEvidence } from './verdict.ts';

/** The beginning of a ranking. */
export interface Ranking {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** Papers in the whole ranking. */
  readonly total: number;
  /** That of the most relevant paper (`verdict.ts`); 0 without one. */
  readonly evidence: number;
}

/** The indexes of one snapshot. */
export interface Indexes {
  readonly lexical: KeywordIndex;
  readonly dense: CodeIndex;
  /** The vector of a paper as it was encoded; valid until the next call. */
  readonly vectorAt: (doc: number) => Float32Array;
}

/** Papers that may be ranked; undefined for all. */
export type Allowed = Pick<Match, 'mask' | 'count'> | undefined;

const LEFT_OUT = Number.NEGATIVE_INFINITY;

/**
 * Ranks by keywords.
 * @param allowed the papers to rank, those that match no term last. Default: the papers that match any term.
 * @param mustMatch whether allowed papers that match no term are left out too.
 */
export function keywordRanking(
  { lexical }: Indexes,
  terms: readonly QueryTerm[],
  k: number,
  allowed?: Allowed,
  mustMatch = true,
): Ranking {
  if (!allowed) {
    const { hits, total = 0, maxScore } = lexical.top(terms, Math.max(k, 1), true);
    return { hits: hits.slice(0, k), total, evidence: shareOf(hits[0]?.score ?? 0, maxScore) };
  }
  const { scores, maxScore } = lexical.score(terms);
  let total = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (allowed.mask[doc] === 0 || (mustMatch && scores[doc] === 0)) scores[doc] = LEFT_OUT;
    else total++;
  }
  const hits = topDocuments(scores, Math.min(Math.max(k, 1), total));
  return { hits: hits.slice(0, k), total, evidence: shareOf(hits[0]?.score ?? 0, maxScore) };
}

/** Ranks the allowed papers by the cosine of their vectors to the query's. */
export function semanticRanking(
  { dense, vectorAt }: Indexes,
  query: Float32Array,
  k: number,
  allowed?: Allowed,
): Ranking {
  const total = allowed?.count ?? dense.size;
  const wanted = Math.min(Math.max(k, 1), total);
  const hits = dense.nearest(query, wanted, { vectorAt, allowed: allowed?.mask });
  return { hits: hits.slice(0, k), total, evidence: hits[0]?.score ?? 0 };
}

/** Papers that keywords bring into a hybrid ranking of an index too large to compare all vectors. */
const MAX_BY_KEYWORD = 1000;

/** Ranks papers by both. Has room to work in that is used again for every query. */
export class HybridRanker {
  readonly #indexes: Indexes;
  readonly #fused: Float64Array;

  constructor(indexes: Indexes) {
    this.#indexes = indexes;
    this.#fused = new Float64Array(indexes.dense.size);
  }

  /**
   * The k best: papers are fused by approximate cosines first; those whose bounds reach the k-th best get their
   * exact ones. So the answer is exact, but for a fusion of ranks, which are those by approximate cosines. All
   * allowed papers are ranked, but in an index so large that the signs of vectors choose: there it is the nearest
   * and the best by keyword.
   */
  rank(
    terms: readonly QueryTerm[],
    query: Float32Array,
    k: number,
    { fuse, denseShare }: Fusion,
    allowed?: Allowed,
  ): Ranking {
    const { lexical, dense, vectorAt } = this.#indexes;
    const mask = allowed?.mask;
    const byKeyword = () => keywordRanking(this.#indexes, terms, k + MAX_BY_KEYWORD, allowed).hits;
    const { scores, boundOf, largestBound } = dense.isApproximate
      ? dense.scoreLikely(
          query,
          k,
          byKeyword().map(({ doc }) => doc),
          mask,
        )
      : dense.score(query, mask);
    const fused = this.#fused;
    const keyword = lexical.score(terms);
    fuse(keyword, scores, fused);
    const total = dense.isApproximate ? countRanked(fused) : (allowed?.count ?? fused.length);
    const evidence = mostEvidence(keyword, scores);
    const likely = topDocuments(fused, Math.min(k, total));
    if (denseShare === 0 || likely.length === 0) return { hits: likely, total, evidence };

    const exact = (doc: number): Scored => {
      const error = innerProduct(query, vectorAt(doc)) - scores[doc]!;
      return { doc, score: fused[doc]! + denseShare * error };
    };
    const found = likely.map(({ doc }) => exact(doc));
    const kth = found.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
    const taken = new Set(likely.map(({ doc }) => doc));
    const least = kth - denseShare * largestBound;
    for (let doc = 0; doc < fused.length; doc++) {
      if (fused[doc]! < least || taken.has(doc)) continue;
      if (fused[doc]! + denseShare * boundOf(doc) >= kth) found.push(exact(doc));
    }
    found.sort((a, b) => b.score - a.score || a.doc - b.doc);
    return { hits: found.slice(0, k), total, evidence };
  }
}

function countRanked(scores: Float64Array): number {
  let count = 0;
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > LEFT_OUT) count++;
  return count;
}

function mostEvidence({ scores, maxScore }: KeywordScores, cosines: Float32Array): number {
  const perPoint = maxScore > 0 ? 1 / maxScore : 0;
  let best = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (cosines[doc] === LEFT_OUT) continue;
    const evidence = hybridEvidence(perPoint * scores[doc]!, cosines[doc]!);
    if (evidence > best) best = evidence;
  }
  return best;
}

/** A keyword score as a share of the most that the query can give. */
function shareOf(score: number, maxScore: number): number {
  return maxScore > 0 && score > 0 ? score / maxScore : 0;
}
