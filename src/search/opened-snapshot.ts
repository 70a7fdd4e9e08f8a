import { LRUCache } from 'lru-cache';
import type { Encoder } from '../encode/encoder.ts';
import { rankingOf } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { FieldIndex } from '../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import { warmUp as warmUpKeyword } from '../indexes/keyword/warm-up.ts';
import { unpackMap } from '../indexes/map/corpus-map.ts';
import type { Snapshot as StoredSnapshot } from '../indexes/store/snapshot-reader.ts';
import { CodeIndex } from '../indexes/vectors/code-index.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { FACETS } from '../papers/fields.ts';
import { EVERY_FIELD } from '../papers/internal-fields.ts';
import type { Paper, PaperSequence } from '../papers/paper.ts';
import { setBackground } from '../util/background.ts';
import { inSteps, pause } from '../util/pause.ts';
import { AnswerCache } from './answer-cache.ts';
import type { IndexStats } from './api.ts';
import { cosineScale } from './confidence.ts';
import type { Corpus } from './corpus.ts';
import { encodedOf } from './encoded.ts';
import { LazyReading } from './lazy-reading.ts';
import { LazyMapView } from './map-view.ts';
import { Titles } from './match/titles.ts';
import { LINK_WEIGHTS } from './related/link-similarity.ts';
import type { DeadlineAfter } from './rerank/rerank.ts';
import { type Rerankers, SnapshotRerankers } from './rerank/rerankers.ts';
import { type EncodedSentences, encodedSentences, SentenceFinder } from './rerank/sentences.ts';
import { readSchedule, type Schedule } from './schedule/schedule.ts';
import { ScoreKeeper } from './scored-terms.ts';
import { SharedCache } from './shared-cache.ts';
import { Suggestions } from './suggest/suggestions.ts';

/** What a snapshot is searched with, besides its files. */
export interface SearchTools {
  /** Of the model that the snapshot was built with. */
  readonly encoder: Encoder;
  /** Besides the comparison of sentences. */
  readonly rerankers: Rerankers;
  /** When the time budget of a reranker ends. Default: by the clock. */
  readonly deadlineAfter?: DeadlineAfter | undefined;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
}

/** Most papers that an error lists. */
const MAX_LISTED = 5;
/** Cached papers, in characters: some 5,000 papers in 20 MB. */
const MAX_PAPER_LENGTH = 8_000_000;
/** What the other fields of a paper count. */
const OTHER_FIELDS_LENGTH = 400;
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
  readonly #corpus: Omit<Corpus, 'encode' | 'sentences' | 'signal'>;
  readonly #sentences: EncodedSentences = encodedSentences();
  readonly #rerankers: Rerankers;
  readonly #dense: CodeIndex;
  /** Derives them, where the snapshot has none, and shares their scans. Nothing waits for it: answers are the same without. */
  readonly #coarseCodes: LazyReading<void>;
  readonly #warmKeyword: LazyReading<void>;
  /** Never aborts: marks work in the background. */
  readonly #warming = new AbortController().signal;
  readonly #queryVectors = new SharedCache<Float32Array>(MAX_QUERY_VECTORS);
  readonly #papers = new LRUCache<number, Paper>({
    maxSize: MAX_PAPER_LENGTH,
    sizeCalculation: ({ title, abstract }) => title.length + abstract.length + OTHER_FIELDS_LENGTH,
  });

  /**
   * Reads what a search needs of a snapshot, in steps between which other work can run: a server answers from the snapshot before.
   * @param stored closed with this. @param lexical over its papers. @param tools closed with this.
   * @throws PaperSearchError INDEX_CORRUPT when the vectors or the fields are damaged.
   */
  static async open(
    stored: StoredSnapshot,
    lexical: KeywordIndex,
    tools: SearchTools,
  ): Promise<OpenedSnapshot> {
    const papers = papersOf(stored);
    const codes = new CodeMemory(papers.length, stored.manifest.model.dimension);
    await inSteps(stored.inSteps.readCodes(codes.image));
    const dense = new CodeIndex(codes);
    await dense.restore((image) => inSteps(stored.inSteps.readCoarseCodes(image)));
    await pause();
    const bytes = stored.readFields();
    await pause();
    const fields = new FieldIndex(bytes, papers, EVERY_FIELD, stored.arrivals.times());
    return new OpenedSnapshot(stored, { lexical, dense, fields }, tools);
  }

  private constructor(
    stored: StoredSnapshot,
    { lexical, dense, fields }: Pick<Corpus['indexes'], 'lexical'> & { dense: CodeIndex; fields: FieldIndex },
    tools: SearchTools,
  ) {
    this.stored = stored;
    setBackground(this.#warming, true);
    this.#encoder = tools.encoder;
    this.#rerankers = tools.rerankers;
    const ranking = rankingOf(stored.manifest.model);
    this.#dense = dense;
    this.#coarseCodes = new LazyReading(async (signal) => {
      for (const _ of dense.prepare()) await pause(signal);
      dense.share();
    });
    const mapBytes = stored.readMap();
    const map = mapBytes && unpackMap(mapBytes, stored.papers.size);
    this.#warmKeyword = new LazyReading((signal) => warmUpKeyword(lexical, papersOf(stored), signal));
    this.suggestions = new LazyReading((signal) => Suggestions.build(stored.papers, { signal }));
    this.titles = new LazyReading((signal) => Titles.read(stored.papers, signal));
    this.#corpus = {
      encoded: encodedOf(dense.missing),
      indexes: {
        lexical,
        dense,
        vectorAt: (doc) => stored.vectors.read(doc),
        cosineScale: cosineScale(ranking),
        relatedKeywordShare: ranking.relatedKeywordShare,
        feedback: ranking.feedback,
      },
      fields,
      map,
      suggestions: this.suggestions,
      titles: this.titles,
      rerankers: new SnapshotRerankers(this.#rerankers, tools.deadlineAfter),
      scoreKeeper: new ScoreKeeper(stored.papers.size),
      fusionWeights: stored.manifest.tuning ?? { lexicalShare: ranking.keywordShare },
      linkWeights: LINK_WEIGHTS,
      paperAt: (doc) => this.#paperAt(doc),
      docOf: (id) => this.#docOf(id),
    };
    this.answers = new AnswerCache(tools.onCacheLookup);
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
      signal,
      sentences: new SentenceFinder(encoder, this.#sentences, (id, count) =>
        this.#storedSentences(id, count),
      ),
      encode: (text) => this.#queryVectors.get(text, () => encoder.encode([text])),
    };
  }

  stats(): IndexStats {
    const { name, manifest } = this.stored;
    const { createdAt, corpusDigest, formatVersion, counts, model, lexicalEngine, tuning, artifacts } =
      manifest;
    const { encoded, fields } = this.#corpus;
    const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.bytes, 0);
    return {
      snapshot: name,
      createdAt,
      corpusDigest,
      formatVersion,
      papers: counts.papers,
      withoutAbstract: counts.withoutAbstract,
      ...(encoded && { encoded }),
      model,
      lexicalEngine,
      citations: fields.links.counts(),
      tuning,
      bytes,
    };
  }

  /**
   * Reads in steps what the first answer would read at once, seconds at a million papers: a server answers meanwhile, from the
   * snapshot before.
   */
  async prepare(): Promise<void> {
    const { fields } = this.#corpus;
    await fields.prepare(['author'], []);
    await fields.authorNames.prepareInPieces();
    await fields.prepareCounts(FACETS);
  }

  async warmUp(): Promise<void> {
    // While the encoder's process reads its model.
    this.#warmKeyword.prepare();
    await this.#encoder.encode(['warm up']);
    // Not in the background: each answer is faster with them, so that waiting for requests would make all of them slow.
    this.#coarseCodes.get().catch(() => {});
    this.suggestions.prepare();
    await this.#corpus.fields.prepare(['author'], []);
    await this.#corpus.fields.prepareCounts(FACETS, this.#warming);
    await this.#corpus.fields.authorNames.prepareInPieces(this.#warming);
  }

  async close(): Promise<void> {
    this.answers.clear();
    await this.#coarseCodes.close();
    await this.#dense.close();
    await this.#warmKeyword.close();
    await this.suggestions.close();
    await this.schedule.close();
    await this.titles.close();
    await this.#encoder.close();
    await this.#rerankers.close();
    this.stored.close();
  }

  /** Undefined, so that they are encoded, also where another version of the runtime split the abstract otherwise. */
  #storedSentences(id: string, count: number): Float32Array | undefined {
    const { sentences, papers } = this.stored;
    const doc = sentences ? papers.find(id) : -1;
    return doc !== -1 && sentences!.count(doc) === count ? sentences!.read(doc) : undefined;
  }

  /** A paper as its record was written: the best ones of many questions are the same, and reading them takes a tenth of an answer. */
  #paperAt(doc: number): Paper {
    const known = this.#papers.get(doc);
    if (known) return known;
    const paper = { ...this.stored.papers.read(doc), ...this.stored.arrivals.of(doc) };
    this.#papers.set(doc, paper);
    return paper;
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

function papersOf({ papers }: StoredSnapshot): PaperSequence {
  return { length: papers.size, at: (doc) => papers.read(doc) };
}
