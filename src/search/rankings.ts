import type { CodeIndex } from '../dense/code-index.ts';
import { innerProduct } from '../dense/inner-product.ts';
import type { Fusion } from '../fusion/methods.ts';
import type { LexicalIndex, QueryTerm } from '../lexical/lexical-index.ts';
import { topDocuments } from '../ranking/top-documents.ts';
import type { Scored } from '../types.ts';

/** The beginning of a ranking. */
export interface Ranking {
  /** Best first, ties by position. */
  readonly hits: readonly Scored[];
  /** Papers in the whole ranking. */
  readonly total: number;
}

/** The indexes of one snapshot. */
export interface Indexes {
  readonly lexical: LexicalIndex;
  readonly dense: CodeIndex;
  /** The vector of a paper as it was encoded; valid until the next call. */
  readonly vectorAt: (doc: number) => Float32Array;
}

/** Ranks by keywords: the papers that match any term. */
export function keywordRanking({ lexical }: Indexes, terms: readonly QueryTerm[], k: number): Ranking {
  const { hits, total = 0 } = lexical.top(terms, k, true);
  return { hits, total };
}

/** Ranks all papers by the cosine of their vectors to the query's. */
export function semanticRanking({ dense, vectorAt }: Indexes, query: Float32Array, k: number): Ranking {
  return { hits: dense.nearest(query, k, { vectorAt }), total: dense.size };
}

/** Papers that keywords bring into a hybrid ranking of an index too large to compare all vectors. */
const MOST_BY_KEYWORD = 1000;

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
   * exact ones. So the answer is exact, but for a fusion of ranks, which are those by approximate cosines. All papers are ranked, but in an index so large that the signs of vectors choose: there
   * it is the nearest and the best by keyword.
   */
  rank(terms: readonly QueryTerm[], query: Float32Array, k: number, { fuse, denseShare }: Fusion): Ranking {
    const { lexical, dense, vectorAt } = this.#indexes;
    const { scores, boundOf, largestBound } = dense.isApproximate
      ? dense.scoreLikely(
          query,
          k,
          lexical.top(terms, k + MOST_BY_KEYWORD, false).hits.map(({ doc }) => doc),
        )
      : dense.score(query);
    const fused = this.#fused;
    fuse(lexical.score(terms), scores, fused);
    const likely = topDocuments(fused, k);
    const total = dense.isApproximate ? countRanked(fused) : fused.length;
    if (denseShare === 0) return { hits: likely, total };

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
    return { hits: found.slice(0, k), total };
  }
}

function countRanked(scores: Float64Array): number {
  let count = 0;
  for (let doc = 0; doc < scores.length; doc++) if (scores[doc]! > Number.NEGATIVE_INFINITY) count++;
  return count;
}
