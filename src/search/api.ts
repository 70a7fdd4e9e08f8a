import type { ModelInfo } from '../encode/model-info.ts';
import type { CitationCounts } from '../indexes/citations/citation-graph.ts';
import type { Tuning } from '../indexes/store/manifest.ts';
import { type Facet, type FacetCount, SORT_NAMES } from '../papers/fields.ts';
import type { Paper } from '../papers/paper.ts';
import type { QueryNotice } from '../query/ast.ts';
import type { Confidence, Fallback } from './confidence.ts';
import type { DeprecatedNames } from './deprecated-names.ts';
import type { Encoded } from './encoded.ts';
import type { Explanation } from './explain/explanation.ts';
import type { FusionName } from './fuse/methods.ts';
import type { Highlight } from './highlight.ts';
import type { Filters } from './match/filters.ts';
import type { RejectedChoice } from './match/rejected.ts';
import type { SearchMode } from './mode.ts';
import type { PageAfter } from './page-after.ts';
import type { SharedLinks } from './related/link-similarity.ts';
import type { Reranked } from './rerank/rerank.ts';
import type { ScheduleChoice } from './schedule/schedule.ts';
import type { SpellingProposal } from './suggest/speller.ts';

/** A page of a ranking. */
export interface Page {
  /** Hits wanted. Default 10. */
  readonly limit: number;
  /** Hits to skip. Default 0. */
  readonly offset: number;
}

export const DEFAULT_MODE: SearchMode = 'hybrid';
export const DEFAULT_PAGE: Page = { limit: 10, offset: 0 };

/** The order of hits: the best first, the newest first, by title, the most cited first, or the latest arrivals first. */
export const SORTS = ['relevance', ...SORT_NAMES] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchRequest extends Partial<Page> {
  /** A query in the query language. May be empty with filters, or with another order than relevance. */
  readonly query: string;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  /** How `hybrid` fuses two rankings. Default `weighted-sum`. */
  readonly fusion?: FusionName | undefined;
  /** What every paper of the answer must match, in addition to the query. */
  readonly filters?: Filters | undefined;
  /**
   * Whether rejected, desk-rejected and withdrawn submissions are in the answer. They always are when the filters or
   * the query name a decision, a status or an id. Default `show`; interfaces ask for `hide`.
   */
  readonly rejected?: RejectedChoice | undefined;
  /**
   * Default `relevance`. The other orders sort the papers that `facets` count; without query and filters, all papers. An
   * answer to a query without words to rank by is sorted by date.
   */
  readonly sort?: Sort | undefined;
  /**
   * Whether the relevant papers, those that `facets` count, come before all others. Both parts are in the order of the
   * ranking. Default false: a ranking also has papers with a higher score that are not relevant by their words and meaning.
   */
  readonly relevantFirst?: boolean | undefined;
  /** In the order `added`: the paper that the hits begin after, instead of `offset`. */
  readonly after?: PageAfter | undefined;
  /** Facets whose values are to be counted. Default: none. */
  readonly facets?: readonly Facet[] | undefined;
  /** Whether each hit has an explanation of its rank; takes several times as long. Default false. */
  readonly explain?: boolean | undefined;
  /** Whether hits have the words that matched. Default true; long lists are several times faster without them. */
  readonly highlight?: boolean | undefined;
  /** Whether the query is text without operators. Default false; a long query is always treated as text. */
  readonly plain?: boolean | undefined;
  /** Whether a mistyped operator is an error instead of text. Default false. */
  readonly strict?: boolean | undefined;
  /**
   * Whether an answer that is not strong may be replaced by a better one: the answer to the query with its spelling
   * corrected, or the first papers reranked by a sentence of each. Default true.
   */
  readonly fallback?: boolean | undefined;
  /** @deprecated Use `fallback`, which takes precedence. */
  readonly secondLook?: boolean | undefined;
  /**
   * How many papers at the top of a ranking are compared with the query more closely, which is slow. Default 0, and 50 if
   * `rerankBy` is given; at most 100.
   */
  readonly rerank?: number | undefined;
  /**
   * What compares them. Default `sentences`: the sentence of each abstract that is nearest to the query, in modes `semantic`
   * and `hybrid`. `likely-sentences`, in the same modes, compares only the one whose words are most like the query's. Others
   * are cross-encoders that were added, and the rerankers of `OpenIndexOptions`, in every mode.
   */
  readonly rerankBy?: string | undefined;
  /**
   * Most time that reranking takes (milliseconds); papers that are not compared by then keep their order. Default: as long
   * as it takes. Without a limit, equal requests have equal answers; with one, for some minutes.
   */
  readonly rerankBudgetMs?: number | undefined;
}

/** A paper in an answer. */
export interface Hit {
  /** 1-based place in the whole ranking. */
  readonly rank: number;
  /**
   * That of the keyword engine for keyword, the cosine for semantic (comparable between queries), fused for hybrid. 0 in
   * an answer that was not ranked by words.
   */
  readonly score: number;
  readonly paper: Paper;
  /** Words of title and abstract that the query's terms matched, in order of appearance. */
  readonly highlights: readonly Highlight[];
  /** Present if it was requested. */
  readonly explanation?: Explanation | undefined;
}

/** A query as it was understood. */
export interface Understood {
  /** The query as text with the same meaning that can be edited. */
  readonly text: string;
  /** The text that papers are ranked by; empty if the query has only conditions. */
  readonly ranking: string;
  /** Characters that were read as text though they look like operators, and parts without effect. */
  readonly notices: readonly QueryNotice[];
}

/** Counts over the relevant papers of an answer. */
export interface FacetCounts {
  /**
   * How many papers are counted: with a condition on the text, those that match it; otherwise those that are at least
   * weakly relevant.
   */
  readonly papers: number;
  /** The most frequent values of each requested facet. */
  readonly values: Readonly<Partial<Record<Facet, readonly FacetCount[]>>>;
}

export interface SearchResponse extends Page, DeprecatedNames {
  readonly query: string;
  readonly mode: SearchMode;
  readonly understood: Understood;
  /** How likely the answer contains a relevant paper. */
  readonly confidence: Confidence;
  /** The query with words that the corpus does not contain replaced by words that it contains. */
  readonly didYouMean?: SpellingProposal | undefined;
  /** Present when the first answer was not strong and this one replaces it. */
  readonly fallback?: Fallback | undefined;
  /** Papers in the whole ranking; all pages of it can be requested. */
  readonly total: number;
  /** How many papers at the beginning of the ranking are relevant. Present if the request asked for these papers first. */
  readonly relevant?: number | undefined;
  /** Rejected submissions that would be in the ranking and are hidden. Absent when there are none. */
  readonly rejectedHidden?: number | undefined;
  /** How many papers have a vector. Absent once all have one. */
  readonly encoded?: Encoded | undefined;
  /** What was reranked. Present if the request asked for it. */
  readonly reranked?: Reranked | undefined;
  readonly facets?: FacetCounts | undefined;
  readonly tookMs: number;
  readonly hits: readonly Hit[];
}

export interface RelatedRequest extends Partial<Page> {
  /** Ids of papers whose related papers are wanted. They are never among the hits. */
  readonly positive?: readonly string[] | undefined;
  /** Ids of papers whose related papers rank lower. They are never among the hits. */
  readonly negative?: readonly string[] | undefined;
  /** A text that the hits should be about. */
  readonly text?: string | undefined;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  readonly filters?: Filters | undefined;
  /** As in `SearchRequest`. */
  readonly rejected?: RejectedChoice | undefined;
  /** Default `relevance`: the most similar first. The other orders sort the relevant papers, which `facets` count. */
  readonly sort?: Sort | undefined;
  /** As in `SearchRequest`. */
  readonly after?: PageAfter | undefined;
  /** Facets whose values are to be counted. Default: none. */
  readonly facets?: readonly Facet[] | undefined;
}

/** The seed that a hit is nearest to. */
export interface NearestSeed {
  /** Id of a paper; undefined for the text of the request. */
  readonly id: string | undefined;
  /** The similarity: 1 is that of the seed's own text. Links add up to 0.8. */
  readonly score: number;
  /** Words that both contain and that contribute most to the similarity, the most important first. */
  readonly sharedTerms: readonly string[];
  /** The links between both, in hybrid mode and where there are any. */
  readonly links?: SharedLinks | undefined;
}

export interface RelatedHit extends Hit {
  /** How relevant the paper is: the relevant ones are strong or weak. */
  readonly confidence: Confidence;
  readonly nearest: NearestSeed;
}

export interface RelatedResponse extends Page {
  readonly seeds: {
    readonly positive: readonly Paper[];
    readonly negative: readonly Paper[];
    readonly text: string | undefined;
  };
  readonly mode: SearchMode;
  /** How likely the answer contains a relevant paper. */
  readonly confidence: Confidence;
  /** Papers in the whole order; all pages of it can be requested. In other orders than relevance, the relevant ones. */
  readonly total: number;
  /** How many of them are at least weakly relevant: by relevance, the first ones. */
  readonly relevant: number;
  /** As in `SearchResponse`. */
  readonly rejectedHidden?: number | undefined;
  /** As in `SearchResponse`. */
  readonly encoded?: Encoded | undefined;
  /** Counts over the relevant papers. Present if facets were requested. */
  readonly facets?: FacetCounts | undefined;
  readonly tookMs: number;
  readonly hits: readonly RelatedHit[];
}

export interface ScheduleRequest {
  /** A query in the query language for the papers of the sessions. Default: the whole schedule. */
  readonly query?: string | undefined;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  /** Local day, YYYY-MM-DD. Default: every day. */
  readonly day?: string | undefined;
  /** Rooms, ignoring case and accents; a paper in any of them matches. Default: every room. */
  readonly hall?: readonly string[] | undefined;
  /** Papers wanted: the most relevant ones, or without a query the earliest. Default 1000; at most 5000. */
  readonly limit?: number | undefined;
}

/** A paper of the schedule. */
export interface ScheduleHit {
  readonly paper: Paper;
  /** 1-based place among the relevant papers; absent without a query. */
  readonly rank?: number | undefined;
}

export interface ScheduleResponse extends Partial<Pick<DeprecatedNames, 'verdict'>> {
  readonly query?: string | undefined;
  readonly mode: SearchMode;
  /** How likely the answer contains a relevant paper; absent without a query. */
  readonly confidence?: Confidence | undefined;
  /** Papers of the schedule that match; with a query, those that are at least weakly relevant. */
  readonly total: number;
  /** As many of them as were requested, by time. */
  readonly hits: readonly ScheduleHit[];
  /** The whole schedule: its papers, those without a known time, and its days and rooms with their papers. */
  readonly schedule: {
    readonly papers: number;
    readonly withoutTime: number;
    readonly days: readonly ScheduleChoice[];
    readonly halls: readonly ScheduleChoice[];
  };
  readonly tookMs: number;
}

export interface IndexStats {
  readonly snapshot: string;
  readonly createdAt: string;
  readonly corpusDigest: string;
  readonly formatVersion: number;
  readonly papers: number;
  readonly withoutAbstract: number;
  /** How many papers have a vector. Absent once all have one. */
  readonly encoded?: Encoded | undefined;
  readonly model: ModelInfo;
  readonly lexicalEngine: string;
  readonly citations: CitationCounts;
  /** The weights that the index is searched with; absent for the defaults. */
  readonly tuning?: Tuning | undefined;
  /** Bytes of the snapshot on disk. */
  readonly bytes: number;
}
