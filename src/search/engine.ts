import type { EverySortName } from '../papers/internal-fields.ts';
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
import type { MapHits, MapView } from './map-view.ts';
import type { EveryFilter } from './match/filters.ts';
import type { Suggestion } from './suggest/values.ts';

export interface AcquireOptions {
  /** Aborts when nobody waits for the answers any more: questions that wait for the model are then left out. */
  readonly signal?: AbortSignal | undefined;
}

/** Where snapshots come from: a folder on this machine, or a cluster. */
export interface Engine {
  /**
   * The current snapshot, held until it is disposed of. A later ingest does not change what it answers.
   * @throws PaperSearchError STOPPED when the engine is closed.
   */
  acquire(options?: AcquireOptions): Promise<Snapshot>;
  /** Loads what the first answer would otherwise wait for. @throws PaperSearchError when the model cannot run. */
  warmUp(): Promise<void>;
  /** Closes at once: what still holds a snapshot gets errors from it. */
  close(): Promise<void>;
}

/** Which papers are meant: those that fulfil all of it. */
export interface PaperSelection {
  readonly condition?: Condition | undefined;
  readonly filters?: EveryFilter | undefined;
  /** The only papers that can be meant. Unknown ids are ignored. */
  readonly ids?: readonly string[] | undefined;
}

/** In which order papers are read: that of the index, or that of a declared field. `date`: the newest first. */
export type PaperOrder = 'index' | EverySortName;

export interface PaperListing extends PaperSelection {
  /** Default: the order of `ids` where they are given, else `index`. */
  readonly order?: PaperOrder | undefined;
}

/**
 * One consistent view of the papers, acquired for one request and released by it (`[Symbol.asyncDispose]`). Papers are
 * known by their ids, so that an index on this machine and a cluster can answer alike; the points of the map are
 * numbered by the map.
 */
export interface Snapshot extends AsyncDisposable {
  /** Changes whenever the papers do. */
  readonly id: string;
  stats(): Promise<IndexStats>;
  /**
   * Answers a query.
   * @param among the papers that are ranked; by keyword too, those without a word of the query come last. Default: all.
   * @throws PaperSearchError BAD_REQUEST for a field that is unknown or has a value that is not allowed, a query with
   *   nothing to look for, one too complex, or a mistake in it when `strict`; MODEL_UNAVAILABLE or ENCODER_FAILED when
   *   a mode needs the model and it cannot run.
   */
  search(request: SearchRequest, among?: PaperSelection): Promise<SearchResponse>;
  /**
   * Papers near to any of several, and away from others. Papers are named as for `paper`.
   * @throws PaperSearchError NOT_FOUND for an unknown id; BAD_REQUEST without a positive seed, for an id in both
   *   `positive` and `negative`, or for a wrong field.
   */
  related(request: RelatedRequest): Promise<RelatedResponse>;
  /**
   * The papers that have a session, by time. The first call looks at every paper.
   * @throws PaperSearchError BAD_REQUEST for a wrong field; what `search` throws for a query.
   */
  schedule(request: ScheduleRequest): Promise<ScheduleResponse>;
  /**
   * Titles, authors and keywords that complete a text that is being typed, best first. The first call reads all titles,
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
  /** How many papers are meant. @throws PaperSearchError BAD_REQUEST as `search` does. */
  count(selection: PaperSelection): Promise<number>;
  /**
   * The ids of the papers with an identifier: that with exactly this id, or all to whom others gave it (a DOI, an arXiv
   * id), in any case, with or without its prefix or web address. Empty when there is none.
   */
  identify(identifier: string): Promise<readonly string[]>;
  /** The vectors of papers, L2-normalised, one for each id. @throws PaperSearchError NOT_FOUND for an unknown id. */
  vectors(ids: readonly string[]): Promise<readonly Float32Array[]>;
  /** The map of the papers. @throws PaperSearchError NOT_FOUND for an index without one. */
  map(): Promise<MapView>;
  /**
   * The points of the map whose papers are relevant: those that facets count.
   * @throws PaperSearchError as `search` and `map` do.
   */
  mapHits(request: SearchRequest): Promise<MapHits>;
  /** The paper of a point of the map. @throws PaperSearchError NOT_FOUND for a number that no point has. */
  mapPoint(point: number): Promise<Paper>;
}

/** Runs a task on the current snapshot, and releases it when the task has ended. */
export async function withSnapshot<T>(
  engine: Engine,
  task: (snapshot: Snapshot) => T | Promise<T>,
  options: AcquireOptions = {},
): Promise<T> {
  await using snapshot = await engine.acquire(options);
  return await task(snapshot);
}
