import { LRUCache } from 'lru-cache';
import type { Encoder } from '../encode/encoder.ts';
import { rankingOf } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { FieldIndex } from '../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import { unpackMap } from '../indexes/map/corpus-map.ts';
import type { Snapshot as StoredSnapshot } from '../indexes/store/snapshot-reader.ts';
import { CodeIndex } from '../indexes/vectors/code-index.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { AnswerCache } from './answer-cache.ts';
import type { IndexStats } from './api.ts';
import { cosineScale } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { LazyReading } from './lazy-reading.ts';
import { LazyMapView } from './map-view.ts';
import { Titles } from './match/titles.ts';
import { type EncodedPapers, encodedPapers, SentenceFinder } from './rerank/sentences.ts';
import { readSchedule, type Schedule } from './schedule/schedule.ts';
import { Suggestions } from './suggest/suggestions.ts';

/** Most papers that an error lists. */
const MAX_LISTED = 5;
/** Cached vectors of queries: some megabytes. */
const MAX_QUERY_VECTORS = 2000;

/** An open snapshot on disk, with its caches: shared by all holders. */
export class OpenedSnapshot {
  readonly stored: StoredSnapshot;
  readonly suggestions: LazyReading<Suggestions>;
  readonly schedule: LazyReading<Schedule>;
  readonly titles: LazyReading<Titles>;
  readonly mapView: LazyMapView;
  readonly answers: AnswerCache;
  readonly #encoder: Encoder;
  readonly #corpus: Omit<Corpus, 'encode' | 'sentences'>;
  readonly #sentences: EncodedPapers = encodedPapers();
  readonly #queryVectors = new LRUCache<string, Promise<Float32Array>>({ max: MAX_QUERY_VECTORS });

  /**
   * @param stored closed with this. @param lexical over its papers.
   * @param encoder of the model that the snapshot was built with; closed with this.
   * @param onCacheLookup called at every search with whether its answer was cached.
   * @throws PaperSearchError INDEX_CORRUPT when the vectors or the fields are damaged.
   */
  constructor(
    stored: StoredSnapshot,
    lexical: KeywordIndex,
    encoder: Encoder,
    onCacheLookup?: (found: boolean) => void,
  ) {
    this.stored = stored;
    this.#encoder = encoder;
    const ranking = rankingOf(stored.manifest.model);
    const codes = new CodeMemory(stored.papers.size, stored.manifest.model.dimension);
    stored.readCodes(codes.image);
    const mapBytes = stored.readMap();
    const map = mapBytes && unpackMap(mapBytes, stored.papers.size);
    const fields = new FieldIndex(stored.readFields(), {
      length: stored.papers.size,
      at: (doc) => stored.papers.read(doc),
    });
    this.suggestions = new LazyReading((signal) => Suggestions.build(stored.papers, { signal }));
    this.titles = new LazyReading((signal) => Titles.read(stored.papers, signal));
    this.#corpus = {
      indexes: {
        lexical,
        dense: new CodeIndex(codes),
        vectorAt: (doc) => stored.vectors.read(doc),
        cosineScale: cosineScale(ranking),
        relatedKeywordShare: ranking.relatedKeywordShare,
        fused: new Float64Array(stored.papers.size),
      },
      fields,
      map,
      suggestions: this.suggestions,
      titles: this.titles,
      fusionWeights: stored.manifest.tuning ?? { lexicalShare: ranking.keywordShare },
      paperAt: (doc) => stored.papers.read(doc),
      docOf: (id) => this.#docOf(id),
    };
    this.answers = new AnswerCache(onCacheLookup);
    this.schedule = new LazyReading((signal) => readSchedule(stored.papers, signal));
    this.mapView = new LazyMapView(map, fields);
  }

  /** What the stages of a search read, for one holder. @param signal passed to the encoder with every text. */
  corpusFor(signal: AbortSignal | undefined): Corpus {
    const encoder: Encoder = {
      model: this.#encoder.model,
      encode: (texts, options) => this.#encoder.encode(texts, { ...options, signal }),
      close: async () => {},
    };
    return {
      ...this.#corpus,
      sentences: new SentenceFinder(encoder, this.#sentences),
      encode: (text) => this.#encode(text, encoder),
    };
  }

  stats(): IndexStats {
    const { name, manifest } = this.stored;
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
      citations: this.#corpus.fields.links.counts(),
      tuning,
      bytes,
    };
  }

  async warmUp(): Promise<void> {
    await this.#encoder.encode(['warm up']);
    this.suggestions.prepare();
    await this.#corpus.fields.prepare(['author'], []);
    this.#corpus.fields.authorNames.prepare();
  }

  async close(): Promise<void> {
    this.answers.clear();
    await this.suggestions.close();
    await this.schedule.close();
    await this.titles.close();
    await this.#encoder.close();
    this.stored.close();
  }

  /** The vector of a query. A failed one is not cached. */
  #encode(text: string, encoder: Encoder): Promise<Float32Array> {
    const known = this.#queryVectors.get(text);
    // The first request may have been aborted. Each round one of those that share a vector encodes it itself, so this ends.
    if (known) {
      return known.catch((error) => (isGivenUp(error) ? this.#encode(text, encoder) : Promise.reject(error)));
    }
    const vector = encoder.encode([text]);
    this.#queryVectors.set(text, vector);
    vector.catch(() => this.#queryVectors.delete(text));
    return vector;
  }

  #docOf(id: string): number {
    const exact = this.stored.papers.find(id);
    if (exact !== -1) return exact;
    const [doc, ...others] = this.#corpus.fields.documentsWithId(id);
    if (doc !== undefined && others.length === 0) return doc;
    // A book's DOI on its chapters identifies all of them equally, so it is an error.
    const own = [doc, ...others]
      .slice(0, MAX_LISTED)
      .flatMap((each) => (each === undefined ? [] : [this.stored.papers.read(each).id]));
    throw new PaperSearchError(
      'NOT_FOUND',
      doc === undefined
        ? `There is no paper with id "${id}". Use the id of a search result, or a DOI, an arXiv id, a PubMed id or another identifier of a paper.`
        : `${others.length + 1} papers have the identifier "${id}". Use the id of one of them: ${own.join(', ')}.`,
      { details: { id } },
    );
  }
}

/** Whether an encode was dropped because its request was aborted or too late, which does not affect other requests. */
function isGivenUp(error: unknown): boolean {
  if (error instanceof PaperSearchError) return error.code === 'OVERLOADED';
  return error instanceof Error && error.name === 'AbortError';
}
