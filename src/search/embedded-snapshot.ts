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
import type { Corpus } from './corpus.ts';
import type { PaperListing, PaperOrder, PaperSelection, Snapshot } from './engine.ts';
import { relevantHits } from './map-hits.ts';
import type { MapHits, MapView } from './map-view.ts';
import { prepareFields } from './match/fields-used.ts';
import { Match } from './match/match.ts';
import { selectPapers } from './match/select-papers.ts';
import { needsTitles } from './match/stop-words.ts';
import type { OpenedSnapshot } from './opened-snapshot.ts';
import type { Positions } from './positions.ts';
import { findRelated } from './related/related.ts';
import { checkedRelated, checkedSchedule, checkedSearch } from './request.ts';
import { searchSchedule } from './schedule-search.ts';
import { search } from './search.ts';
import type { Suggestion } from './suggest/values.ts';

/** A snapshot in this process, as one request holds it. */
export class EmbeddedSnapshot implements Snapshot {
  readonly #opened: OpenedSnapshot;
  readonly #corpus: Corpus;
  #release: (() => Promise<void>) | undefined;

  /**
   * @param signal aborts when nobody waits for the answers any more.
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

  async related(request: RelatedRequest): Promise<RelatedResponse> {
    const started = performance.now();
    const answer = await findRelated(checkedRelated(request), this.#corpus);
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

  async *papers({ order, ...selection }: PaperListing = {}): AsyncIterable<Paper> {
    for (const doc of await this.#listed(selection, order)) yield this.#corpus.paperAt(doc);
  }

  async count(selection: PaperSelection): Promise<number> {
    return count(await this.#maskOf(selection));
  }

  async identify(identifier: string): Promise<readonly string[]> {
    return (await this.#docsOf(identifier)).map((doc) => this.#corpus.paperAt(doc).id);
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
    // Without a map, nothing is searched.
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

  /** Papers by their positions, for tables beside the index. See `Positions`. */
  get positions(): Positions {
    return {
      corpus: this.#opened,
      select: (selection) => this.#maskOf(selection),
      positionsOf: (identifier) => this.#docsOf(identifier),
      papersAt: async (positions) => positions.map(this.#corpus.paperAt),
      search: async (request, among) => search(checkedSearch(request), this.#corpus, new Match(among)),
    };
  }

  async #maskOf(selection: PaperSelection): Promise<Uint8Array> {
    const { indexes, fields, map, paperAt } = this.#corpus;
    const docOfId = (id: string) => this.#opened.stored.papers.find(id);
    await prepareFields(fields, selection);
    const titles = needsTitles(selection.condition) ? await this.#corpus.titles.get() : undefined;
    return selectPapers(selection, { lexical: indexes.lexical, fields, map, paperAt, titles, docOfId });
  }

  async #listed(selection: PaperSelection, order: PaperOrder | undefined): Promise<Iterable<number>> {
    const { fields } = this.#corpus;
    const mask = await this.#maskOf(selection);
    if (order !== undefined && order !== 'index') {
      await fields.prepare([], [order]);
      return fields.order(order, mask, 0, mask.length);
    }
    const { papers } = this.#opened.stored;
    const given = order === undefined && selection.ids;
    const docs = given ? new Set(given.map((id) => papers.find(id))) : mask.keys();
    return Array.from(docs).filter((doc) => mask[doc] === 1);
  }

  async #docsOf(identifier: string): Promise<readonly number[]> {
    const exact = this.#opened.stored.papers.find(identifier);
    if (exact !== -1) return [exact];
    await this.#corpus.fields.prepare(['id'], []);
    return this.#corpus.fields.documentsWithId(identifier);
  }
}
