import type { ModelInfo } from '../encode/model-info.ts';
import type { Tuning } from '../indexes/store/manifest.ts';
import { type Facet, type FacetCount, SORT_NAMES } from '../papers/fields.ts';
import type { Paper } from '../papers/paper.ts';
import type { QueryNotice } from '../query/ast.ts';
import type { Confidence, Fallback } from './confidence.ts';
import type { DeprecatedNames } from './deprecated-names.ts';
import type { Explanation } from './explain/explanation.ts';
import type { FusionName } from './fuse/methods.ts';
import type { Highlight } from './highlight.ts';
import type { Filters } from './match/filters.ts';
import type { SearchMode } from './mode.ts';
import type { ScheduleChoice } from './schedule/schedule.ts';
import type { SpellingProposal } from './suggest/speller.ts';

/** Which part of a ranking is wanted. */
export interface Page {
  /** Hits wanted. Default 10. */
  readonly limit: number;
  /** Hits to pass over first. Default 0. */
  readonly offset: number;
}

export const DEFAULT_MODE: SearchMode = 'hybrid';
export const DEFAULT_PAGE: Page = { limit: 10, offset: 0 };

/** The order of hits: the best first, the newest first, or by title. */
export const SORTS = ['relevance', ...SORT_NAMES] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchRequest extends Partial<Page> {
  /** A question or keywords in the query language. May be empty with filters, or with another order than relevance. */
  readonly query: string;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  /** How `hybrid` makes one ranking of two. Default `weighted-sum`. */
  readonly fusion?: FusionName | undefined;
  /** What every paper of the answer must have, beside what the query asks for. */
  readonly filters?: Filters | undefined;
  /**
   * Default `relevance`. The others order the papers that `facets` count; without query and filters, all papers. A
   * query without words to rank by is ordered by date.
   */
  readonly sort?: Sort | undefined;
  /** Facets whose values are to be counted. Default: none. */
  readonly facets?: readonly Facet[] | undefined;
  /** Whether each hit comes with the reasons for its place; takes several times as long. Default false. */
  readonly explain?: boolean | undefined;
  /** Whether hits tell which words matched. Default true; long lists without are made several times faster. */
  readonly highlight?: boolean | undefined;
  /** Whether the query is a text in which no sign is an operator. Default false; a long one is taken for one. */
  readonly plain?: boolean | undefined;
  /** Whether what looks like a mistyped operator is an error instead of text. Default false. */
  readonly strict?: boolean | undefined;
  /**
   * Whether an answer that is not strong may be replaced by a better one: the answer to the query with its spelling
   * corrected, or the first papers reranked by their sentences. Default true.
   */
  readonly fallback?: boolean | undefined;
  /** @deprecated Use `fallback`, which counts where both are given. */
  readonly secondLook?: boolean | undefined;
  /**
   * The first so many papers of a semantic or hybrid ranking are compared again, sentence by sentence, and put in
   * a new order: slow, since their sentences have to be encoded. Default 0; at most 100.
   */
  readonly rerank?: number | undefined;
}

/** A paper in an answer. */
export interface Hit {
  /** 1-based place in the whole ranking. */
  readonly rank: number;
  /**
   * The keyword engine's for keyword, cosine for semantic (comparable between queries), fused for hybrid. 0 in an
   * answer that was not ranked by words.
   */
  readonly score: number;
  readonly paper: Paper;
  /** Words of title and abstract that the query's terms matched, in order of appearance. */
  readonly highlights: readonly Highlight[];
  /** Only when asked for. */
  readonly explanation?: Explanation | undefined;
}

/** A query as it was understood. */
export interface Understood {
  /** The query as text that means the same and can be edited. */
  readonly text: string;
  /** What papers are ranked by; empty when nothing but conditions was asked for. */
  readonly ranking: string;
  /** Signs that were taken for text though they look like operators, and parts without effect. */
  readonly notices: readonly QueryNotice[];
}

/** Counts over the relevant papers of an answer. */
export interface FacetCounts {
  /**
   * Papers counted: with a condition on the text, those that fulfil it; else those that are at least weakly
   * relevant.
   */
  readonly papers: number;
  /** The most frequent values of each facet that was asked for. */
  readonly values: Readonly<Partial<Record<Facet, readonly FacetCount[]>>>;
}

export interface SearchResponse extends Page, DeprecatedNames {
  readonly query: string;
  readonly mode: SearchMode;
  readonly understood: Understood;
  /** How likely the answer contains what was asked for. */
  readonly confidence: Confidence;
  /** The query with words that the corpus does not have replaced by words that it has. */
  readonly didYouMean?: SpellingProposal | undefined;
  /** Present when the first answer was not strong and this one replaces it. */
  readonly fallback?: Fallback | undefined;
  /**
   * Papers in the whole ranking; all of them can be paged to. In hybrid mode, an index of more than 575,000 papers
   * ranks the likely ones only, more of them the deeper the page.
   */
  readonly total: number;
  readonly facets?: FacetCounts | undefined;
  readonly tookMs: number;
  readonly hits: readonly Hit[];
}

export interface RelatedRequest extends Partial<Page> {
  /** Ids of papers whose related papers are wanted. They are never among the hits. */
  readonly positive?: readonly string[] | undefined;
  /** Ids of papers whose related papers rank lower. They are never among the hits. */
  readonly negative?: readonly string[] | undefined;
  /** What else the hits should be about. */
  readonly text?: string | undefined;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  readonly filters?: Filters | undefined;
}

/** The seed that a hit is nearest to. */
export interface NearestSeed {
  /** Id of a paper; undefined for the text of the request. */
  readonly id: string | undefined;
  /** How near: 1 is the seed itself. */
  readonly score: number;
  /** Words of both that say most of them, the most telling first. */
  readonly sharedTerms: readonly string[];
}

export interface RelatedHit extends Hit {
  readonly nearest: NearestSeed;
}

export interface RelatedResponse extends Page {
  readonly seeds: {
    readonly positive: readonly Paper[];
    readonly negative: readonly Paper[];
    readonly text: string | undefined;
  };
  readonly mode: SearchMode;
  readonly total: number;
  readonly tookMs: number;
  readonly hits: readonly RelatedHit[];
}

export interface ScheduleRequest {
  /** What the sessions should be about, in the query language. Default: the whole schedule. */
  readonly query?: string | undefined;
  /** Default `hybrid`. */
  readonly mode?: SearchMode | undefined;
  /** YYYY-MM-DD on the clock of the place. Default: every day. */
  readonly day?: string | undefined;
  /** Halls, case and accents aside; one of them is enough. Default: every hall. */
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
  /** How likely the answer contains what the query asks for; absent without a query. */
  readonly confidence?: Confidence | undefined;
  /** Papers of the schedule that fit; with a query, those that are at least weakly relevant. */
  readonly total: number;
  /** As many of them as were wanted, by time. */
  readonly hits: readonly ScheduleHit[];
  /** The whole schedule: its papers, those of them without a known time, its days and halls with their papers. */
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
  readonly model: ModelInfo;
  readonly lexicalEngine: string;
  /** The weights that the index is searched with; absent for the default ones. */
  readonly tuning?: Tuning | undefined;
  /** Bytes of the snapshot on disk. */
  readonly bytes: number;
}
