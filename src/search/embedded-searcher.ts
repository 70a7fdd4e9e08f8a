import { LRUCache } from 'lru-cache';
import type { Encoder } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { FieldIndex } from '../indexes/fields/field-index.ts';
import type { LexicalIndex } from '../indexes/keyword/lexical-index.ts';
import { unpackMap } from '../indexes/map/corpus-map.ts';
import type { Snapshot } from '../indexes/store/snapshot-reader.ts';
import { CodeIndex } from '../indexes/vectors/code-index.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { MAX_HIGHLIGHTED } from '../limits.ts';
import { FIELDS } from '../papers/fields.ts';
import type { Paper } from '../papers/paper.ts';
import { Answerer } from './answerer.ts';
import { DEFAULT_FUSION_WEIGHTS } from './fuse/methods.ts';
import { KinFinder } from './kin-finder.ts';
import { LazyMapView, type MapHits, type MapView } from './map-view.ts';
import { fieldsUsed } from './match/fields-used.ts';
import { matchBoth, matchFilters } from './match/filters.ts';
import { matchCondition } from './match/match-condition.ts';
import type { OpenCorpus } from './open-corpus.ts';
import { ProgrammeFinder } from './programme-finder.ts';
import { checkedProgramme, checkedRelated, checkedSearch, elapsed } from './request.ts';
import { LazySchedule } from './schedule/lazy-schedule.ts';
import {
  DEFAULT_PAGE,
  type IndexStats,
  type OneSnapshot,
  type ProgrammeRequest,
  type ProgrammeResponse,
  type RelatedRequest,
  type RelatedResponse,
  type Searcher,
  type SearchRequest,
  type SearchResponse,
} from './searcher.ts';
import { SentenceFinder } from './sentences.ts';
import { LazySuggestions } from './suggest/lazy-suggestions.ts';
import type { Suggestion } from './suggest/values.ts';

/** Vectors of questions that are kept: some megabytes. */
const MAX_QUERY_VECTORS = 2000;

/** The engine in this process: one open snapshot, an encoder for questions. */
export class EmbeddedSearcher implements Searcher {
  readonly #snapshot: Snapshot;
  readonly #encoder: Encoder;
  readonly #fields: FieldIndex;
  readonly #answerer: Answerer;
  readonly #kin: KinFinder;
  readonly #mapView: LazyMapView;
  readonly #suggestions: LazySuggestions;
  readonly #view: OneSnapshot;
  readonly #schedule: LazySchedule;
  readonly #programme: ProgrammeFinder;
  readonly #queryVectors = new LRUCache<string, Promise<Float32Array>>({ max: MAX_QUERY_VECTORS });

  /**
   * @param snapshot closed with the searcher. @param lexical over its papers.
   * @param encoder of the model that the snapshot was built with; closed with the searcher.
   * @throws PaperSearchError INDEX_CORRUPT when the vectors or the attributes are damaged.
   */
  constructor(snapshot: Snapshot, lexical: LexicalIndex, encoder: Encoder) {
    this.#snapshot = snapshot;
    this.#encoder = encoder;
    this.#suggestions = new LazySuggestions(snapshot.papers);
    const codes = new CodeMemory(snapshot.papers.size, snapshot.manifest.model.dimension);
    snapshot.readCodes(codes.image);
    const mapBytes = snapshot.readMap();
    const map = mapBytes && unpackMap(mapBytes, snapshot.papers.size);
    const vectorAt = (doc: number) => snapshot.vectors.read(doc);
    const corpus: OpenCorpus = {
      indexes: { lexical, dense: new CodeIndex(codes), vectorAt },
      attributes: new FieldIndex(snapshot.readAttributes(), {
        length: snapshot.papers.size,
        at: (doc) => snapshot.papers.read(doc),
      }),
      map,
      sentences: new SentenceFinder(encoder),
      fusionWeights: snapshot.manifest.tuning ?? DEFAULT_FUSION_WEIGHTS,
      paperAt: (doc) => snapshot.papers.read(doc),
      docOf: (id) => this.#docOf(id),
      encode: (text) => this.#encode(text),
    };
    this.#fields = corpus.attributes;
    this.#mapView = new LazyMapView(snapshot.name, map, corpus.attributes);
    this.#answerer = new Answerer(corpus, this.#suggestions);
    this.#kin = new KinFinder(corpus);
    this.#view = this.#viewOf(corpus);
    this.#schedule = new LazySchedule(snapshot.papers);
    this.#programme = new ProgrammeFinder(corpus, this.#schedule);
  }

  search(request: SearchRequest): Promise<SearchResponse> {
    return this.#search(request);
  }

  async related(request: RelatedRequest): Promise<RelatedResponse> {
    const checked = checkedRelated(request);
    await this.#fields.prepare(fieldsUsed(checked));
    return this.#kin.related(checked);
  }

  async programme(request: ProgrammeRequest): Promise<ProgrammeResponse> {
    const started = performance.now();
    const checked = checkedProgramme(request);
    await this.#fields.prepare(fieldsUsed(checked));
    const answer = await this.#programme.find(checked);
    return { ...answer, tookMs: elapsed(started) };
  }

  async paper(id: string): Promise<Paper> {
    return this.#snapshot.papers.read(this.#docOf(id));
  }

  async suggest(text: string, limit = DEFAULT_PAGE.limit): Promise<Suggestion[]> {
    return (await this.#suggestions.get()).complete(text, limit);
  }

  async map(): Promise<MapView> {
    await this.#fields.prepare(['venue', 'year']);
    return this.#mapView.get();
  }

  async mapHits(request: SearchRequest): Promise<MapHits> {
    const { snapshot } = await this.map();
    const checked = checkedSearch(request);
    await this.#fields.prepare(fieldsUsed(checked));
    return { snapshot, ...(await this.#answerer.relevant(checked, MAX_HIGHLIGHTED)) };
  }

  async mapPaper(doc: number): Promise<{ readonly snapshot: string; readonly paper: Paper }> {
    const { name: snapshot, papers } = this.#snapshot;
    if (doc < papers.size) return { snapshot, paper: papers.read(doc) };
    throw new PaperSearchError('NOT_FOUND', `There is no paper ${doc} on the map: it has ${papers.size}.`);
  }

  async *papers(): AsyncIterable<Paper> {
    yield* this.#snapshot.papers;
  }

  onSnapshot<T>(task: (snapshot: OneSnapshot) => Promise<T>): Promise<T> {
    return task(this.#view);
  }

  withinSnapshot<T>(task: (snapshot: string) => Promise<T>): Promise<T> {
    return task(this.#snapshot.name);
  }

  async stats(): Promise<IndexStats> {
    const { name, manifest } = this.#snapshot;
    const { createdAt, corpusDigest, formatVersion, counts, model, lexicalEngine, tuning, artifacts } =
      manifest;
    const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.bytes, 0);
    return {
      snapshot: name,
      createdAt,
      corpusDigest,
      formatVersion,
      ...counts,
      model,
      lexicalEngine,
      tuning,
      bytes,
    };
  }

  async warmUp(): Promise<void> {
    await this.#encoder.encode(['warm up']);
    this.#suggestions.prepare();
  }

  async close(): Promise<void> {
    await this.#suggestions.close();
    await this.#schedule.close();
    await this.#encoder.close();
    this.#snapshot.close();
  }

  async #search(request: SearchRequest, among?: Uint8Array): Promise<SearchResponse> {
    const started = performance.now();
    const checked = checkedSearch(request);
    await this.#fields.prepare(fieldsUsed(checked));
    const answer = await this.#answerer.answer(checked, among);
    return { ...answer, tookMs: elapsed(started) };
  }

  #viewOf({ indexes, attributes, map, paperAt }: OpenCorpus): OneSnapshot {
    const sources = { lexical: indexes.lexical, attributes, map, paperAt };
    return {
      search: (request, among) => this.#search(request, among),
      related: (request) => this.related(request),
      suggest: (text, limit) => this.suggest(text, limit),
      papers: () => this.papers(),
      stats: () => this.stats(),
      select: async ({ condition, filters }) => {
        // A condition may name any declared field.
        await attributes.prepare([...FIELDS.map(({ name }) => name), ...fieldsUsed({ filters })]);
        const passing = matchFilters(filters ?? {}, sources);
        return condition ? matchBoth(matchCondition(condition, sources), passing).mask : passing.mask;
      },
      positionsOf: async (identifier) => {
        await attributes.prepare(['id']);
        const exact = this.#snapshot.papers.find(identifier);
        return exact === -1 ? attributes.documentsWithId(identifier) : [exact];
      },
      papersAt: async (positions) => positions.map(paperAt),
      positionsBy: async (order) => {
        await attributes.prepare([order]);
        return attributes.order(order, new Uint8Array(attributes.size).fill(1), 0, attributes.size);
      },
      vectorsAt: async (positions) => positions.map((doc) => indexes.vectorAt(doc).slice()),
    };
  }

  /** The vector of a question. One that fails is not kept. */
  #encode(text: string): Promise<Float32Array> {
    const known = this.#queryVectors.get(text);
    // Who asked first may have given up. Each round one of those who share a vector asks for itself: it ends.
    if (known) return known.catch((error) => (isGivenUp(error) ? this.#encode(text) : Promise.reject(error)));
    const vector = this.#encoder.encode([text]);
    this.#queryVectors.set(text, vector);
    vector.catch(() => this.#queryVectors.delete(text));
    return vector;
  }

  #docOf(id: string): number {
    const doc = this.#snapshot.papers.find(id);
    if (doc !== -1) return doc;
    throw new PaperSearchError(
      'NOT_FOUND',
      `There is no paper with id "${id}". Ids are those in search results.`,
      { details: { id } },
    );
  }
}

/** Whether an encode was left out because its request was given up or too late, which is no other request's matter. */
function isGivenUp(error: unknown): boolean {
  if (error instanceof PaperSearchError) return error.code === 'OVERLOADED';
  return error instanceof Error && error.name === 'AbortError';
}
