import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import {
  DEFAULT_PAGE,
  type IndexStats,
  type RelatedRequest,
  type RelatedResponse,
  type ScheduleRequest,
  type ScheduleResponse,
  type SearchRequest,
  type SearchResponse,
} from '../search/api.ts';
import type {
  CitationsRequest,
  CitationsResponse,
  LinkCounts,
  SnowballRequest,
  SnowballResponse,
} from '../search/citations/api.ts';
import type { IdentifierName, PaperListing, PaperSelection, Snapshot } from '../search/engine.ts';
import type { MapHits, MapView } from '../search/map-view.ts';
import type { PaperRelevance, RelevanceRequest } from '../search/relevance/api.ts';
import {
  checkedCitations,
  checkedRelated,
  checkedRelevance,
  checkedSchedule,
  checkedSearch,
  checkedSnowball,
} from '../search/request.ts';
import type { Suggestion } from '../search/suggest/values.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import { isAnswer } from './client/response-error.ts';
import type { ClusterCorpus, OpenedClusterSnapshot } from './cluster-corpus.ts';
import { citationsIn } from './links/citations.ts';
import { snowballIn } from './links/snowball.ts';
import {
  countEach,
  countPapers,
  identify,
  listPapers,
  readLinkCounts,
  readPaper,
  readVectors,
} from './match/listing.ts';
import { relatedIn } from './related/related.ts';
import { relevanceIn } from './related/relevance.ts';
import { scheduleIn } from './schedule/schedule.ts';
import { searchCluster } from './search/search.ts';
import { statsOf } from './stats.ts';
import { complete } from './suggest/complete.ts';
import { proposeSpellingIn } from './suggest/propose-spelling.ts';

/** A snapshot in a cluster, held by one request. Each method is a function of a folder of this room. */
export class ClusterSnapshot implements Snapshot {
  readonly #opened: OpenedClusterSnapshot;
  readonly #corpus: ClusterCorpus;
  #release: (() => Promise<void>) | undefined;

  /**
   * @param signal aborts when the client no longer waits for answers.
   * @param release called once, when the snapshot is disposed of.
   */
  constructor(opened: OpenedClusterSnapshot, signal: AbortSignal | undefined, release: () => Promise<void>) {
    this.#opened = opened;
    this.#corpus = opened.corpusFor(signal);
    this.#release = release;
  }

  get id(): string {
    return this.#opened.index;
  }

  stats(): Promise<IndexStats> {
    return this.#read(() => statsOf(this.#corpus));
  }

  search(request: SearchRequest, among?: PaperSelection): Promise<SearchResponse> {
    const search = () => searchCluster(checkedSearch(request), this.#corpus, proposeSpellingIn, among);
    return this.#read(() => (among ? search() : this.#opened.answers.answer(request, search)));
  }

  related(request: RelatedRequest, among?: PaperSelection): Promise<RelatedResponse> {
    return this.#timed(() => relatedIn(checkedRelated(request), this.#corpus, among));
  }

  relevance(request: RelevanceRequest, among?: PaperSelection): Promise<readonly PaperRelevance[]> {
    return this.#read(async () => relevanceIn(checkedRelevance(request), this.#corpus, among));
  }

  citations(id: string, request: CitationsRequest): Promise<CitationsResponse> {
    return this.#timed(() => citationsIn(id, checkedCitations(request), this.#corpus));
  }

  countLinks(ids: readonly string[]): Promise<readonly LinkCounts[]> {
    return this.#read(() => readLinkCounts(ids, this.#corpus));
  }

  snowball(request: SnowballRequest): Promise<SnowballResponse> {
    return this.#timed(() => snowballIn(checkedSnowball(request), this.#corpus));
  }

  schedule(request: ScheduleRequest): Promise<ScheduleResponse> {
    return this.#timed(() => scheduleIn(checkedSchedule(request), this.#corpus));
  }

  suggest(text: string, limit: number = DEFAULT_PAGE.limit): Promise<Suggestion[]> {
    return this.#read(() => complete(text, limit, this.#corpus));
  }

  paper(id: string): Promise<Paper> {
    return this.#read(() => readPaper(id, this.#corpus));
  }

  async *papers(listing: PaperListing = {}): AsyncIterable<Paper> {
    const papers = listPapers(listing, this.#corpus);
    for (;;) {
      const next = await this.#read(() => papers.next());
      if (next.done) return;
      yield next.value;
    }
  }

  count(selection: PaperSelection): Promise<number> {
    return this.#read(() => countPapers(selection, this.#corpus));
  }

  identify(identifier: string, field: IdentifierName = 'id'): Promise<readonly string[]> {
    return this.#read(() => identify(identifier, field, this.#corpus));
  }

  countEach(field: IdentifierName, identifiers: readonly string[]): Promise<readonly number[]> {
    return this.#read(() => countEach(field, identifiers, this.#corpus));
  }

  vectors(ids: readonly string[]): Promise<readonly Float32Array[]> {
    return this.#read(() => readVectors(ids, this.#corpus));
  }

  async map(): Promise<MapView> {
    throw withoutMap();
  }

  async mapHits(_request: SearchRequest): Promise<MapHits> {
    throw withoutMap();
  }

  async mapPoint(_point: number): Promise<Paper> {
    throw withoutMap();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await release?.();
  }

  /** An answer with how long it took. */
  async #timed<T>(task: () => Promise<T>): Promise<T & { readonly tookMs: number }> {
    const started = performance.now();
    const answer = await this.#read(async () => task());
    return { ...answer, tookMs: elapsedMs(started) };
  }

  /** Says clearly where a snapshot was deleted while it was read. */
  async #read<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (!isAnswer(error, 404) || error.type !== 'index_not_found_exception') throw error;
      throw new PaperSearchError(
        'INDEX_MISSING',
        `The snapshot ${this.id} was deleted while it was read: newer ones have replaced it. Ask again, and the current one answers.`,
        { details: { snapshot: this.id }, cause: error },
      );
    }
  }
}

function withoutMap(): PaperSearchError {
  return new PaperSearchError(
    'NOT_FOUND',
    'A corpus in a cluster has no map. Export the papers of interest, and ingest them into an index on this machine to see their map.',
  );
}
