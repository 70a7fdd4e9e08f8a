import type { EveryNameOf, EverySortName } from '../papers/internal-fields.ts';
import type { Paper } from '../papers/paper.ts';
import type { Condition } from '../query/ast.ts';
import type {
  IndexStats,
  RelatedRequest,
  RelatedResponse,
  ScheduleRequest,
  ScheduleResponse,
  SearchRequest,
  SearchResponse,
} from './api.ts';
import type {
  CitationsRequest,
  CitationsResponse,
  LinkCounts,
  SnowballRequest,
  SnowballResponse,
} from './citations/api.ts';
import type { MapHits, MapView } from './map-view.ts';
import type { EveryFilter } from './match/filters.ts';
import type { PaperRelevance, RelevanceRequest } from './relevance/api.ts';
import type { Suggestion } from './suggest/values.ts';

export interface AcquireOptions {
  /** Aborts when the client no longer waits for answers: queries that wait for the model are then dropped. */
  readonly signal?: AbortSignal | undefined;
}

/** Where snapshots come from: a folder on this machine, or a cluster. */
export interface Engine {
  /**
   * The current snapshot, held until it is disposed of. A later ingest does not change its answers.
   * @throws PaperSearchError STOPPED when the engine is closed.
   */
  acquire(options?: AcquireOptions): Promise<Snapshot>;
  /** Loads what the first answer would have to wait for. @throws PaperSearchError when the model cannot run. */
  warmUp(): Promise<void>;
  /** Closes at once: snapshots that are still held throw errors. */
  close(): Promise<void>;
}

/** Selects the papers that match all of these. */
export interface PaperSelection {
  readonly condition?: Condition | undefined;
  readonly filters?: EveryFilter | undefined;
  /** Only papers with these ids. Unknown ids are ignored. */
  readonly ids?: readonly string[] | undefined;
}

/** In which order papers are read: that of the index, or that of a declared field. `date`: the newest first. */
export type PaperOrder = 'index' | EverySortName;

/** Fields of identifiers. */
export type IdentifierName = EveryNameOf<'identifier'>;

export interface PaperListing extends PaperSelection {
  /** Default: the order of `ids` if they are given, otherwise `index`. */
  readonly order?: PaperOrder | undefined;
  /** Papers to skip. Default: 0. */
  readonly offset?: number | undefined;
  /** Most papers wanted. Default: all. */
  readonly limit?: number | undefined;
}

/**
 * One consistent view of the papers, acquired for one request and released by it (`[Symbol.asyncDispose]`). Papers are
 * identified by their ids, so that an index on this machine and a cluster can answer alike; the points of the map are
 * numbered by the map.
 */
export interface Snapshot extends AsyncDisposable {
  /** Changes whenever the papers do. */
  readonly id: string;
  stats(): Promise<IndexStats>;
  /**
   * Answers a query.
   * @param among the papers that are ranked; by keyword too, papers without a word of the query come last. Default: all.
   * @throws PaperSearchError BAD_REQUEST for an unknown field or a value that is not allowed, a query without words and
   *   conditions, one too complex, or a mistake in it when `strict`; MODEL_UNAVAILABLE or ENCODER_FAILED when a mode
   *   needs the model and it cannot run.
   */
  search(request: SearchRequest, among?: PaperSelection): Promise<SearchResponse>;
  /**
   * Papers similar to any of several seeds, and unlike negative ones. Papers are named as for `paper`.
   * @param among the papers that are ranked, all of them in every mode. Default: all papers.
   * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive seed, for an id in both
   *   `positive` and `negative`, or for a wrong field.
   */
  related(request: RelatedRequest, among?: PaperSelection): Promise<RelatedResponse>;
  /**
   * Every paper that is at least weakly relevant, the most relevant first: those that `search` counts as relevant, and with
   * papers as seeds those that `related` does.
   * @param among the only papers that are asked about; the relevance of each does not depend on the others.
   * @throws PaperSearchError as `search` and `related` do.
   */
  relevance(request: RelevanceRequest, among?: PaperSelection): Promise<readonly PaperRelevance[]>;
  /**
   * The papers that a paper cites, or that cite it. Papers are named as for `paper`.
   * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST for a wrong field.
   */
  citations(id: string, request: CitationsRequest): Promise<CitationsResponse>;
  /** The numbers of links of papers, in the order of the ids. @throws PaperSearchError NOT_FOUND for an unknown id. */
  countLinks(ids: readonly string[]): Promise<readonly LinkCounts[]>;
  /**
   * The papers that links lead to from some papers: the nearer ones first, then those with more links to papers at the
   * distance before, then the newer ones. Papers are named as for `paper`.
   * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without an id, or for a wrong field.
   */
  snowball(request: SnowballRequest): Promise<SnowballResponse>;
  /**
   * The papers that have a session, by time. The first call reads every paper.
   * @throws PaperSearchError BAD_REQUEST for a wrong field; errors of `search` for a query.
   */
  schedule(request: ScheduleRequest): Promise<ScheduleResponse>;
  /**
   * Titles, authors and keywords that complete a text while it is typed, best first. The first call reads all titles,
   * unless the engine was warmed up long enough before.
   * @param limit most suggestions wanted. Default 10. @throws PaperSearchError BAD_REQUEST when it is not a whole number.
   */
  suggest(text: string, limit?: number): Promise<Suggestion[]>;
  /**
   * The paper with an id, or else the only one that an identifier of others is given to, in any form that `identify`
   * knows.
   * @throws PaperSearchError NOT_FOUND for an unknown identifier, and for one that several papers have.
   */
  paper(id: string): Promise<Paper>;
  /**
   * Papers, one by one. Default: all of them, in the order of the index.
   * @throws PaperSearchError BAD_REQUEST as `search` does.
   */
  papers(listing?: PaperListing): AsyncIterable<Paper>;
  /** How many papers match a selection. @throws PaperSearchError BAD_REQUEST as `search` does. */
  count(selection: PaperSelection): Promise<number>;
  /**
   * The ids of the papers with an identifier: the paper with exactly this id, or all papers with this external identifier
   * (a DOI, an arXiv id), in any case, with or without its prefix or web address. Empty if there is no such paper.
   * @param field the kind of identifier. Default: `id`.
   */
  identify(identifier: string, field?: IdentifierName): Promise<readonly string[]>;
  /** How many papers each of several identifiers of a field has, in the order of the identifiers. */
  countEach(field: IdentifierName, identifiers: readonly string[]): Promise<readonly number[]>;
  /** The vectors of papers, L2-normalised, one for each id. @throws PaperSearchError NOT_FOUND for an unknown id. */
  vectors(ids: readonly string[]): Promise<readonly Float32Array[]>;
  /** The map of the papers. @throws PaperSearchError NOT_FOUND for an index without one. */
  map(): Promise<MapView>;
  /**
   * The points of the map whose papers are relevant: those that facets count.
   * @throws PaperSearchError as `search` and `map` do.
   */
  mapHits(request: SearchRequest): Promise<MapHits>;
  /** The paper of a point of the map. @throws PaperSearchError NOT_FOUND for a number without a point. */
  mapPoint(point: number): Promise<Paper>;
}

/** Runs a task on the current snapshot, and releases the snapshot when the task has ended. */
export async function withSnapshot<T>(
  engine: Engine,
  task: (snapshot: Snapshot) => T | Promise<T>,
  options: AcquireOptions = {},
): Promise<T> {
  await using snapshot = await engine.acquire(options);
  return await task(snapshot);
}
