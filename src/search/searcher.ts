import type { ModelInfo } from '../encode/model-info.ts';
import type { Tuning } from '../indexes/store/manifest.ts';
import { type Facet, type FacetCount, SORT_NAMES } from '../papers/fields.ts';
import type { EverySortName } from '../papers/internal-fields.ts';
import type { Paper } from '../papers/paper.ts';
import type { Condition, QueryNotice } from '../query/ast.ts';
import type { Explanation } from './explanation.ts';
import type { FusionName } from './fuse/methods.ts';
import type { Highlight } from './highlight.ts';
import type { MapHits, MapView } from './map-view.ts';
import type { EveryFilter, Filters } from './match/filters.ts';
import type { SearchMode } from './mode.ts';
import type { ProgrammeChoice } from './schedule/schedule.ts';
import type { SpellingProposal } from './suggest/speller.ts';
import type { Suggestion } from './suggest/values.ts';
import type { Verdict } from './verdict.ts';

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
  /** Whether a weak answer may be replaced by that of a corrected query. Default true. */
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

/** What was done about a weak first answer; `first` is the verdict on that. */
export type SecondLook =
  | {
      /** Words that the corpus does not have were replaced: this is the answer to the corrected query. */
      readonly kind: 'spelling';
      readonly query: string;
      readonly replacements: SpellingProposal['replacements'];
      readonly first: Verdict;
    }
  | {
      /** The first so many papers were compared again, sentence by sentence. */
      readonly kind: 'sentences';
      readonly papers: number;
      readonly first: Verdict;
    };

export interface SearchResponse extends Page {
  readonly query: string;
  readonly mode: SearchMode;
  readonly understood: Understood;
  /** How much the answer is to be trusted. */
  readonly verdict: Verdict;
  /** The query with words that the corpus does not have replaced by words that it has. */
  readonly didYouMean?: SpellingProposal | undefined;
  /** Given when the first answer was not strong and this is a second one. */
  readonly secondLook?: SecondLook | undefined;
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
  /** Ids of papers whose kin are looked for. They are never among the hits. */
  readonly positive?: readonly string[] | undefined;
  /** Ids of papers whose kin are not wanted; nor are they themselves. */
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

export interface ProgrammeRequest {
  /** What to see something about, in the query language. Default: all of the programme. */
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

/** A paper of the programme. */
export interface ProgrammeHit {
  readonly paper: Paper;
  /** 1-based place among the relevant papers; absent without a query. */
  readonly rank?: number | undefined;
}

export interface ProgrammeResponse {
  readonly query?: string | undefined;
  readonly mode: SearchMode;
  /** How much the answer to the query is to be trusted; absent without one. */
  readonly verdict?: Verdict | undefined;
  /** Papers of the programme that fit; with a query, those that are at least weakly relevant. */
  readonly total: number;
  /** As many of them as were wanted, by time. */
  readonly hits: readonly ProgrammeHit[];
  /** All of the programme: its papers, those of them without a known time, its days and halls with their papers. */
  readonly programme: {
    readonly papers: number;
    readonly withoutTime: number;
    readonly days: readonly ProgrammeChoice[];
    readonly halls: readonly ProgrammeChoice[];
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

/** What papers must be to be selected; all of it. */
export interface Selection {
  readonly condition?: Condition | undefined;
  readonly filters?: EveryFilter | undefined;
}

/**
 * One snapshot, whose papers are known by their positions (from 0, in the order of `papers`): for those who keep
 * tables of their own beside the index. A mask has a byte for each paper, 1 for those that are meant.
 */
export interface OneSnapshot extends Pick<Searcher, 'related' | 'suggest' | 'papers' | 'stats'> {
  /**
   * As `Searcher.search`.
   * @param among the papers that are ranked; by keyword too, those without a word of the query come last. Default: all.
   */
  search(request: SearchRequest, among?: Uint8Array): Promise<SearchResponse>;
  /** The mask of the papers that fulfil all of a selection. @throws PaperSearchError BAD_REQUEST as `search` does. */
  select(selection: Selection): Promise<Uint8Array>;
  /**
   * The positions of the papers with an identifier: that with exactly this id, or all to whom others gave it, in any
   * case, with or without its prefix or web address. Empty when there is none.
   */
  positionsOf(identifier: string): Promise<readonly number[]>;
  papersAt(positions: readonly number[]): Promise<Paper[]>;
  /** The positions of all papers in an order: the newest first, those without a date last; or by title. */
  positionsBy(order: EverySortName): Promise<readonly number[]>;
  /** The vectors of papers, L2-normalised. */
  vectorsAt(positions: readonly number[]): Promise<Float32Array[]>;
}

/** Search over one corpus. The embedded engine is one implementation; a cluster would be another. */
export interface Searcher {
  /**
   * Answers a query.
   * @throws PaperSearchError BAD_REQUEST for a field that is unknown or has a value that is not allowed, a query with
   *   nothing to look for, one too complex, or a mistake in it when `strict`; MODEL_UNAVAILABLE or ENCODER_FAILED when a mode needs the model and it cannot run.
   */
  search(request: SearchRequest): Promise<SearchResponse>;
  /**
   * Papers near to any of several, and away from others.
   * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive seed, for an id in both
   *   `positive` and `negative`, or for a wrong field.
   */
  related(request: RelatedRequest): Promise<RelatedResponse>;
  /**
   * The papers that have a session, by time. The first call looks at every paper.
   * @throws PaperSearchError BAD_REQUEST for a wrong field; what `search` throws for a query.
   */
  programme(request: ProgrammeRequest): Promise<ProgrammeResponse>;
  /** @throws PaperSearchError NOT_FOUND for an unknown id. */
  paper(id: string): Promise<Paper>;
  /**
   * Titles, authors and keywords that go on from a text that is being typed, best first. The first call reads all
   * titles, unless `warmUp` was called long enough before.
   * @param limit most suggestions wanted. Default 10. @throws PaperSearchError BAD_REQUEST when it is no whole number.
   */
  suggest(text: string, limit?: number): Promise<Suggestion[]>;
  /** The map of the papers. @throws PaperSearchError NOT_FOUND for an index without one. */
  map(): Promise<MapView>;
  /**
   * Where the relevant papers of an answer lie: those that facets count.
   * @throws PaperSearchError as `search` and `map` do.
   */
  mapHits(request: SearchRequest): Promise<MapHits>;
  /**
   * A paper of the map, by its position there, with the snapshot that has it.
   * @throws PaperSearchError NOT_FOUND for a position that no paper has.
   */
  mapPaper(doc: number): Promise<{ readonly snapshot: string; readonly paper: Paper }>;
  /** Every paper, in the order of the index. */
  papers(): AsyncIterable<Paper>;
  /**
   * Runs a task on one snapshot, whatever snapshot comes into use meanwhile; it stays open until the task is done.
   * Every task on one snapshot is given the same object.
   */
  onSnapshot<T>(task: (snapshot: OneSnapshot) => Promise<T>): Promise<T>;
  /**
   * Runs a task that is answered by one snapshot, whatever it calls of this searcher and however deep: for answers that
   * are made of several calls, and for those that name their snapshot.
   * @param task given the name of the snapshot.
   */
  withinSnapshot<T>(task: (snapshot: string) => Promise<T>): Promise<T>;
  stats(): Promise<IndexStats>;
  /** Loads what the first answer would otherwise wait for. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}
