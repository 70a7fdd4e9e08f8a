import { PaperSearchError } from '../errors.ts';
import { MAX_HIGHLIGHTED } from '../limits.ts';
import type { Paper } from '../papers/paper.ts';
import { elapsedMs } from '../util/elapsed-ms.ts';
import { count } from '../util/mask.ts';
import {
  DEFAULT_PAGE,
  type IndexStats,
  type RelatedRequest,
  type RelatedResponse,
  type ScheduleRequest,
  type ScheduleResponse,
  type SearchRequest,
  type SearchResponse,
} from './api.ts';
import type {
  CitationsRequest,
  CitationsResponse,
  LinkCounts,
  SnowballRequest,
  SnowballResponse,
} from './citations/api.ts';
import { findCitations } from './citations/citations.ts';
import { findSnowball } from './citations/snowball.ts';
import type { Corpus } from './corpus.ts';
import type { IdentifierName, PaperListing, PaperSelection, Snapshot } from './engine.ts';
import { relevantHits } from './map-hits.ts';
import type { MapHits, MapView } from './map-view.ts';
import { prepareFields } from './match/fields-used.ts';
import { Match } from './match/match.ts';
import { selectPapers } from './match/select-papers.ts';
import { needsTitles } from './match/stop-words.ts';
import type { OpenedSnapshot } from './opened-snapshot.ts';
import { findRelated } from './related/related.ts';
import type { PaperRelevance, RelevanceRequest } from './relevance/api.ts';
import { findRelevance } from './relevance/relevance.ts';
import {
  checkedCitations,
  checkedRelated,
  checkedRelevance,
  checkedSchedule,
  checkedSearch,
  checkedSnowball,
} from './request.ts';
import { searchSchedule } from './schedule-search.ts';
import { search } from './search.ts';
import type { Suggestion } from './suggest/values.ts';

/** A snapshot in this process, held by one request. */
export class EmbeddedSnapshot implements Snapshot {
  readonly #opened: OpenedSnapshot;
  readonly #corpus: Corpus;
  #release: (() => Promise<void>) | undefined;

  /**
   * @param signal aborts when the client no longer waits for answers.
   * @param release called once, when the snapshot is disposed of.
   */
  constructor(opened: OpenedSnapshot, signal: AbortSignal | undefined, release: () => Promise<void>) {
    this.#opened = opened;
    this.#corpus = opened.corpusFor(signal);
    this.#release = release;
  }

  get id(): string {
    return this.#opened.stored.name;
  }

  async stats(): Promise<IndexStats> {
    return this.#opened.stats();
  }

  async search(request: SearchRequest, among?: PaperSelection): Promise<SearchResponse> {
    if (among) return search(checkedSearch(request), this.#corpus, new Match(await this.#maskOf(among)));
    return this.#opened.answers.answer(request, async () => search(checkedSearch(request), this.#corpus));
  }

  async related(request: RelatedRequest, among?: PaperSelection): Promise<RelatedResponse> {
    const started = performance.now();
    const only = among && new Match(await this.#maskOf(among));
    const answer = await findRelated(checkedRelated(request), this.#corpus, only);
    return { ...answer, tookMs: elapsedMs(started) };
  }

  async relevance(request: RelevanceRequest, among?: PaperSelection): Promise<readonly PaperRelevance[]> {
    const only = among && new Match(await this.#maskOf(among));
    return findRelevance(checkedRelevance(request), this.#corpus, only);
  }

  async citations(id: string, request: CitationsRequest): Promise<CitationsResponse> {
    const started = performance.now();
    const answer = await findCitations(id, checkedCitations(request), this.#corpus);
    return { ...answer, tookMs: elapsedMs(started) };
  }

  async countLinks(ids: readonly string[]): Promise<readonly LinkCounts[]> {
    const { docOf, fields } = this.#corpus;
    const { links } = fields;
    return ids.map(docOf).map((doc) => ({
      references: links.count(doc, 'references'),
      citations: links.count(doc, 'citations'),
    }));
  }

  async snowball(request: SnowballRequest): Promise<SnowballResponse> {
    const started = performance.now();
    const answer = await findSnowball(checkedSnowball(request), this.#corpus);
    return { ...answer, tookMs: elapsedMs(started) };
  }

  async schedule(request: ScheduleRequest): Promise<ScheduleResponse> {
    const started = performance.now();
    const answer = await searchSchedule(checkedSchedule(request), this.#opened.schedule, this.#corpus);
    return { ...answer, tookMs: elapsedMs(started) };
  }

  async suggest(text: string, limit = DEFAULT_PAGE.limit): Promise<Suggestion[]> {
    return (await this.#opened.suggestions.get()).complete(text, limit);
  }

  async paper(id: string): Promise<Paper> {
    return this.#corpus.paperAt(this.#corpus.docOf(id));
  }

  async *papers(listing: PaperListing = {}): AsyncIterable<Paper> {
    for (const doc of await this.#listed(listing)) yield this.#corpus.paperAt(doc);
  }

  async count(selection: PaperSelection): Promise<number> {
    return count(await this.#maskOf(selection));
  }

  async identify(identifier: string, field: IdentifierName = 'id'): Promise<readonly string[]> {
    const { fields, paperAt } = this.#corpus;
    const exact = field === 'id' ? this.#opened.stored.papers.find(identifier) : -1;
    if (exact !== -1) return [paperAt(exact).id];
    await fields.prepare([field], []);
    return fields.documentsWithId(identifier, field).map((doc) => paperAt(doc).id);
  }

  async countEach(field: IdentifierName, identifiers: readonly string[]): Promise<readonly number[]> {
    const { fields } = this.#corpus;
    await fields.prepare([field], []);
    return identifiers.map((identifier) => fields.documentsWithId(identifier, field).length);
  }

  async vectors(ids: readonly string[]): Promise<readonly Float32Array[]> {
    const { docOf, indexes } = this.#corpus;
    return ids.map((id) => indexes.vectorAt(docOf(id)).slice());
  }

  async map(): Promise<MapView> {
    await this.#corpus.fields.prepare(['venue', 'year'], []);
    return this.#opened.mapView.get();
  }

  async mapHits(request: SearchRequest): Promise<MapHits> {
    // Without a map, the search is skipped.
    await this.map();
    const { docs, ...others } = await relevantHits(checkedSearch(request), MAX_HIGHLIGHTED, this.#corpus);
    return { points: docs, ...others };
  }

  async mapPoint(point: number): Promise<Paper> {
    const { size } = this.#opened.stored.papers;
    if (point < size) return this.#corpus.paperAt(point);
    throw new PaperSearchError('NOT_FOUND', `There is no paper ${point} on the map: it has ${size}.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await release?.();
  }

  async #maskOf(selection: PaperSelection): Promise<Uint8Array> {
    const { indexes, fields, map, paperAt } = this.#corpus;
    const docOfId = (id: string) => this.#opened.stored.papers.find(id);
    await prepareFields(fields, selection);
    const titles = needsTitles(selection.condition, this.#corpus.indexes.lexical.languages)
      ? await this.#corpus.titles.get()
      : undefined;
    return selectPapers(selection, { lexical: indexes.lexical, fields, map, paperAt, titles, docOfId });
  }

  /** Positions of the papers of a listing. */
  async #listed({ order, offset = 0, limit, ...selection }: PaperListing): Promise<readonly number[]> {
    const { fields } = this.#corpus;
    const mask = await this.#maskOf(selection);
    if (order !== undefined && order !== 'index') {
      await fields.prepare([], [order]);
      return fields.order(order, mask, offset, limit ?? mask.length);
    }
    const { papers } = this.#opened.stored;
    const given = order === undefined && selection.ids;
    const docs = given ? new Set(given.map((id) => papers.find(id))) : mask.keys();
    return Array.from(docs)
      .filter((doc) => mask[doc] === 1)
      .slice(offset, limit === undefined ? undefined : offset + limit);
  }
}
