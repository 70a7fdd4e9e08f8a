import type { Paper } from '../papers/paper.ts';
import type { FacetCounts, Page, SearchRequest, SearchResponse } from './api.ts';
import type { Confidence, Fallback } from './confidence.ts';
import { deprecatedNames } from './deprecated-names.ts';
import type { EncodedQuery } from './encode.ts';
import type { Explanation } from './explain/explanation.ts';
import { highlightsOf } from './highlight.ts';
import type { FirstRanking } from './order.ts';
import { rerankedDepth } from './rerank/depth.ts';
import type { RankedHit, Reranked } from './rerank/rerank.ts';
import type { SpellingProposal } from './suggest/speller.ts';

/** What the stages before `present` returned. */
export interface Answer {
  readonly query: EncodedQuery;
  readonly page: Page;
  readonly confidence: Confidence;
  /** Papers in the whole ranking. */
  readonly total: number;
  /** How many papers at the beginning of the ranking are relevant; undefined if that was not asked for. */
  readonly relevant: number | undefined;
  /** Rejected submissions that the ranking would contain and hides. */
  readonly hidden: number;
  readonly facets: FacetCounts | undefined;
  /** What was reranked; undefined if nothing was to be. */
  readonly reranked: Reranked | undefined;
  readonly hits: readonly RankedHit[];
  /** The paper of each hit. */
  readonly papers: readonly Paper[];
  /** One per hit, or empty if none were requested. */
  readonly explanations: readonly Explanation[];
  /** What was ranked; absent in an order that does not depend on the query, and in an answer of a cluster. */
  readonly ranking?: FirstRanking | undefined;
}

/** The answer to a request, which may be a fallback. */
export interface FinalAnswer {
  readonly answer: Answer;
  /** The query with the words replaced that no paper contains. */
  readonly didYouMean?: SpellingProposal | undefined;
  /** What was tried when the first answer was replaced. */
  readonly fallback?: Fallback | undefined;
}

/** The stage `present`: the answer as callers get it. `query` is the query of the request, also for a fallback. */
export function present(
  request: SearchRequest,
  { answer, didYouMean, fallback }: FinalAnswer,
): Omit<SearchResponse, 'tookMs'> {
  const { query: asked, highlight = true } = request;
  const { query, page, confidence, total, relevant, hidden, facets, reranked, hits, papers, explanations } =
    answer;
  return {
    query: asked,
    mode: query.mode,
    understood: { text: query.parsed.text, ranking: query.text, notices: query.notices },
    confidence,
    ...(didYouMean && { didYouMean }),
    ...(fallback && { fallback }),
    ...deprecatedNames(confidence, fallback),
    total,
    ...(relevant !== undefined && { relevant }),
    ...(hidden > 0 && { rejectedHidden: hidden }),
    // A fallback says itself that it was reranked.
    ...(reranked && rerankedDepth(request) > 0 && { reranked }),
    ...page,
    ...(facets && { facets }),
    hits: hits.map(({ rank, score }, i) => ({
      rank,
      score,
      paper: papers[i]!,
      highlights: highlight ? highlightsOf(papers[i]!, query.highlighted) : [],
      ...(explanations[i] && { explanation: explanations[i] }),
    })),
  };
}
