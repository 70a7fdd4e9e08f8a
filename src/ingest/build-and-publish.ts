import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { packEarlierMap } from '../indexes/map/corpus-map.ts';
import { arrivedAll } from '../indexes/store/arrivals.ts';
import { removeStale } from '../indexes/store/clean-up.ts';
import { type KeptPapers, runsOf } from '../indexes/store/kept-papers.ts';
import type { Tuning } from '../indexes/store/manifest.ts';
import { RecordFactsWriter, type StoredRecordFacts } from '../indexes/store/record-facts.ts';
import { SnapshotSeries, type SnapshotVectors } from '../indexes/store/snapshot-writer.ts';
import { VectorJournal } from '../indexes/store/vector-journal.ts';
import { sleep } from '../util/pause.ts';
import { VERSION } from '../version.ts';
import { arrivalsOf } from './arrivals.ts';
import type { Assembled } from './assemble.ts';
import { buildText } from './build.ts';
import { GrowingCodes } from './growing-codes.ts';
import type { LinkReport } from './links.ts';
import { earlierMap, type MapBasis, mapOf } from './map.ts';
import type { Opened, Work } from './open-basis.ts';
import type { Plan } from './plan-snapshot.ts';
import { type Previous, positionsBefore } from './previous.ts';
import { isDue } from './publication-schedule.ts';
import { factsOf } from './record-set.ts';
import { keptSentences, type SentenceVectors, sentenceVectorsOf } from './sentence-vectors.ts';
import type { UpdateOptions } from './update-options.ts';
import { type PaperVectors, vectorsOf } from './vectors.ts';

/**
 * Up to so many texts are encoded while the text is indexed, so that a small ingest takes only as long as the encoder.
 * With more of them, indexing comes first and publishing what it gave, since all need all cores: papers can be searched by
 * words sooner.
 */
const FEW_TEXTS = 1000;
/** A small ingest publishes nothing before its end if that is nearer than this after the text is indexed (milliseconds). */
const WORTH_WAITING_MS = 1000;
/**
 * A handful of papers, as someone adds them to a running server, is published once: only where their encoder stalls is it
 * worth publishing them without vectors after this time (milliseconds).
 */
const HANDFUL = 4;
const HANDFUL_WAITS_MS = 60_000;
/** How often the schedule is looked at (milliseconds). */
const LOOK_EVERY_MS = 1000;
/** From this many papers on, laying out the map takes long enough to publish all vectors before it. */
const SLOW_MAP_FROM = 10_000;

/** What was published at the end. */
export interface Published {
  readonly snapshot: string;
  /** Texts that were encoded, of papers and of sentences. */
  readonly encoded: number;
  readonly links: LinkReport;
}

/**
 * Builds the new snapshot, writes it and makes it current. Where encoding takes long, snapshots that lack vectors are
 * published before: the papers can be searched by words as soon as their text is indexed.
 */
export async function buildAndPublish(
  work: Work,
  opened: Opened,
  plan: Plan,
  options: UpdateOptions,
): Promise<Published> {
  const journal = await VectorJournal.open(work.index, opened.encoder.model.dimension);
  let isComplete = false;
  try {
    const published = await new Build(work, opened, plan, options, journal).run();
    isComplete = true;
    return published;
  } finally {
    await journal.close(isComplete);
  }
}

/** One change of an index, from its papers to the last of its snapshots. */
class Build {
  readonly #work: Work;
  readonly #opened: Opened;
  readonly #plan: Plan;
  readonly #options: UpdateOptions;
  readonly #journal: VectorJournal;
  /** What can be reused of the snapshot before. */
  readonly #previous: Previous | undefined;
  /** Aborts when the change should stop or a part of it has failed. */
  readonly #failed = new AbortController();
  readonly #signal: AbortSignal;
  /** Name of the current snapshot. */
  #current: string | undefined;
  /** Texts of papers that are encoded by now. */
  #encoded = 0;

  constructor(work: Work, opened: Opened, plan: Plan, options: UpdateOptions, journal: VectorJournal) {
    this.#work = work;
    this.#opened = opened;
    this.#plan = plan;
    this.#options = options;
    this.#journal = journal;
    this.#previous = work.damage ? undefined : work.previous;
    this.#signal = AbortSignal.any([work.signal, this.#failed.signal]);
    this.#current = work.previous?.name;
  }

  async run(): Promise<Published> {
    const { encoder } = this.#opened;
    const { papers, unchanged } = this.#plan.assembled;
    const positions = this.#previous ? await positionsBefore(this.#previous, papers, unchanged) : unchanged;
    const inputs = [papers, positions, encoder, this.#previous, this.#journal] as const;
    const finding = vectorsOf(...inputs, this.#signal);
    // The papers of a new index are read once, for the keys of their vectors and for their columns.
    const isNew = !this.#previous && papers.length > FEW_TEXTS;
    const text = handledLater(this.#startSeries(positions, isNew ? papers.length : (await finding).missing));
    const encode = async () => this.#encode(await finding, () => sentenceVectorsOf(...inputs, this.#signal));
    let encoding: ReturnType<typeof encode> | undefined;
    try {
      const vectors = await finding;
      if (vectors.missing <= FEW_TEXTS) encoding = handledLater(encode());
      const { series, links } = await text;
      const codes = new GrowingCodes(papers.length, encoder.model.dimension, vectors);
      const publish = (content: Partial<SnapshotVectors>) => this.#publish(series, codes, content);
      const publishUnfinished = () => this.#publishUnfinished(publish, codes, positions);
      // The encoder would take both cores from writing what can be searched by words.
      const first = encoding || !this.#publishesFirst ? undefined : await publishUnfinished();
      encoding ??= handledLater(encode());
      if (this.#publishesEarly) await this.#publishMeanwhile(encoding, vectors, publishUnfinished, first);
      const sentences = await this.#finished(encoding, series, publishUnfinished);
      await codes.update();
      const isSlowMap = this.#plan.hasMap && papers.length >= SLOW_MAP_FROM;
      if (series.latest !== undefined && isSlowMap) await publishUnfinished();
      const map = await this.#map(codes, positions);
      this.#signal.throwIfAborted();
      this.#work.onProgress({ stage: 'writing' });
      const snapshot = await publish({ sentencesOf: sentences?.sentencesOf, map });
      return { snapshot, encoded: vectors.missing + (sentences?.missing ?? 0), links };
    } catch (error) {
      this.#failed.abort(error);
      await Promise.allSettled([text, encoding]);
      throw error;
    }
  }

  /** Indexes the text. */
  async #startSeries(
    positions: Int32Array,
    missing: number,
  ): Promise<{ readonly series: SnapshotSeries; readonly links: LinkReport }> {
    const { index, onProgress, previous } = this.#work;
    const { engine, basis, encoder, records, early } = this.#opened;
    const { assembled, keepDuplicates, withoutMap, sourcePaths, decisions } = this.#plan;
    const { rewrite = false, arrivedAt, keptFrom } = this.#options;
    const { papers, recordsOf, storedAs } = assembled;
    const { model } = encoder;
    // Another version may make papers and columns otherwise: then all of them are written again.
    const kept = basis?.writtenBy === VERSION && !rewrite ? basis : undefined;
    const { links, ...built } = await buildText(papers, {
      engine,
      previous: rewrite ? undefined : this.#previous,
      positions,
      early: early?.build.hasBegun
        ? { build: early.build, positions: early.positionsIn(assembled.groups) }
        : undefined,
      fieldsBasis: kept && { previous: kept, unchanged: assembled.unchanged },
      onProgress: (done, total) => {
        // Only the progress of the slower of the two is reported.
        if (missing > FEW_TEXTS || this.#encoded >= missing) onProgress({ stage: 'indexing', done, total });
      },
      signal: this.#signal,
    });
    const arrivals = previous
      ? await arrivalsOf(assembled, previous)
      : arrivedAt === undefined
        ? undefined
        : arrivedAll(papers.length, arrivedAt);
    const text = {
      ...built,
      papers,
      recordsOf,
      storedAs,
      recordFacts: recordFactsOf(assembled, records.kept?.facts),
      kept: kept && keptPapers(kept, assembled),
      keptFrom,
      keepDuplicates,
      lexicalEngine: engine.name,
      withoutMap,
      sourcePaths,
      decisions,
      arrivals,
      model,
      tuning: tuningToKeep(basis, engine.name, model),
    };
    return { series: new SnapshotSeries(index, text, VERSION), links };
  }

  /** Encodes what is missing, sentences last. */
  async #encode(
    vectors: PaperVectors,
    sentencesOf: () => Promise<SentenceVectors>,
  ): Promise<SentenceVectors | undefined> {
    const { onProgress } = this.#work;
    const options = { onRetry: () => onProgress({ stage: 'replacing-encoder' }), signal: this.#signal };
    const onVectors = (done: number, total: number) => {
      this.#encoded = done;
      onProgress({ stage: 'encoding', done, total });
    };
    await vectors.encode({ ...options, onProgress: onVectors });
    if (!this.#plan.hasSentences) return undefined;
    const sentences = await sentencesOf();
    const onSentences = (done: number, total: number) =>
      onProgress({ stage: 'encoding-sentences', done, total });
    await sentences.encode({ ...options, onProgress: onSentences });
    return sentences;
  }

  /** Not while the vectors of another model, or of a damaged snapshot, still answer better than words alone. */
  get #publishesEarly(): boolean {
    const { previous, damage } = this.#work;
    const hasOthers = previous && previous.model.digest !== this.#opened.encoder.model.digest;
    return !this.#options.waitForVectors && !hasOthers && !damage;
  }

  /** An interrupted ingest may have published the same papers. */
  get #isPublished(): boolean {
    return this.#opened.basis?.isUnfinished === true && !this.#plan.assembled.changed;
  }

  /** Whether papers are published before any of many texts is encoded. */
  get #publishesFirst(): boolean {
    return this.#publishesEarly && !this.#isPublished;
  }

  /**
   * Publishes what there is until the encoding has ended, in one way or the other.
   * @param firstMs how long the first publication took, where there was one before the encoding.
   */
  async #publishMeanwhile(
    encoding: Promise<unknown>,
    { missing }: PaperVectors,
    publishUnfinished: () => Promise<number>,
    firstMs: number | undefined,
  ): Promise<void> {
    const ended = Promise.allSettled([encoding]);
    let isPublished = firstMs !== undefined || this.#isPublished;
    let published = 0;
    let tookMs = firstMs ?? 0;
    let endedAt = performance.now();
    let waitMs = firstWait(missing);
    while (!(await isKeptWithin(waitMs, ended))) {
      waitMs = LOOK_EVERY_MS;
      const encoded = this.#encoded;
      const sinceMs = performance.now() - endedAt;
      if (isPublished && !isDue({ total: missing, encoded, published, sinceMs, tookMs })) continue;
      tookMs = await publishUnfinished();
      isPublished = true;
      published = encoded;
      endedAt = performance.now();
    }
  }

  /** Waits for the encoding. Where the encoder fails, the papers can at least be searched by words. */
  async #finished(
    encoding: Promise<SentenceVectors | undefined>,
    series: SnapshotSeries,
    publishUnfinished: () => Promise<number>,
  ): Promise<SentenceVectors | undefined> {
    try {
      return await encoding;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!this.#publishesEarly || !isOfEncoder(error)) throw error;
      if (series.latest === undefined) await publishUnfinished();
      const { length } = this.#plan.assembled.papers;
      const message = `${error.message} The ${length} papers of the index can be searched by words. The next ingest, or "paper-search upgrade", encodes those that have no vector.`;
      throw new PaperSearchError(error.code, message, { details: { ...error.details }, cause: error });
    }
  }

  /** @returns how long it took (milliseconds). */
  async #publishUnfinished(
    publish: (content: Partial<SnapshotVectors>) => Promise<string>,
    codes: GrowingCodes,
    positions: Int32Array,
  ): Promise<number> {
    const { assembled, hasSentences, hasMap } = this.#plan;
    const started = performance.now();
    await codes.update();
    const { withVector } = codes;
    const mapBasis = hasMap ? this.#mapBasis(positions) : undefined;
    const map = mapBasis && earlierMap(mapBasis);
    await publish({
      earlierMap: map && packEarlierMap(map),
      sentencesOf: hasSentences
        ? keptSentences(positions, this.#opened.encoder.model, this.#previous)
        : undefined,
      unfinished: { withVector },
    });
    this.#work.isSearchable = true;
    const { length: papers } = assembled.papers;
    const tookMs = performance.now() - started;
    this.#work.onProgress({ stage: 'searchable', papers, withVector, tookMs });
    return tookMs;
  }

  async #publish(
    series: SnapshotSeries,
    codes: GrowingCodes,
    content: Partial<SnapshotVectors>,
  ): Promise<string> {
    const { index } = this.#work;
    const vectorOf = (doc: number) => codes.vectorOf(doc);
    const { kept, image } = codes;
    const coarse = await codes.coarse(content.unfinished === undefined, this.#signal);
    const vectors = { ...content, vectorOf, kept, codes: image, coarse };
    const snapshot = await series.publish(vectors, this.#signal);
    await removeStale(index, snapshot, this.#current);
    this.#current = snapshot;
    this.#work.before = snapshot;
    return snapshot;
  }

  async #map(codes: GrowingCodes, positions: Int32Array): Promise<Uint8Array[] | undefined> {
    if (!this.#plan.hasMap) return undefined;
    const { dimension } = this.#opened.encoder.model;
    const { onProgress } = this.#work;
    const { papers } = this.#plan.assembled;
    return mapOf(papers, codes.image, dimension, this.#mapBasis(positions), onProgress, this.#signal);
  }

  /** The map to continue. Distances by another model's vectors would not fit its places. */
  #mapBasis(positions: Int32Array): MapBasis | undefined {
    const { basis, encoder } = this.#opened;
    return basis?.model.digest === encoder.model.digest ? { previous: basis, positions } : undefined;
  }
}

/** A promise that is awaited after others: its failure counts as handled until then. */
function handledLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Waits for a promise, but no longer than some milliseconds. @returns whether it was kept. */
async function isKeptWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const enough = new AbortController();
  const late = sleep(ms, enough.signal).then(() => false);
  const isKept = await Promise.race([promise.then(() => true), late]);
  enough.abort();
  return isKept;
}

/** What the next update needs to know of the records. @param before that of the previous snapshot. */
function recordFactsOf(
  { groups, unchanged }: Assembled,
  before: StoredRecordFacts | undefined,
): Uint8Array[] {
  const writer = new RecordFactsWriter();
  const isKept = before ? (doc: number) => unchanged[doc]! : () => -1;
  for (const { doc, count, from } of runsOf(groups.length, isKept, groups.length)) {
    if (from >= 0) writer.addKept(before!, from, count);
    else writer.add(groups.at(doc).records.map(factsOf));
  }
  return writer.finish();
}

/** The papers that are taken over as they are. */
function keptPapers(
  { papers, sources, folder, artifacts }: Previous,
  { unchanged: positions, withoutAbstract }: Assembled,
): KeptPapers {
  return { papers, sources, folder, artifacts, positions, withoutAbstract };
}

function isOfEncoder(error: unknown): error is PaperSearchError {
  const isOurs = error instanceof PaperSearchError;
  return isOurs && (error.code === 'MODEL_UNAVAILABLE' || error.code === 'ENCODER_FAILED');
}

/** Weights are kept when papers are added, but not when the keyword engine or model changes: they were fitted to these. */
function tuningToKeep(basis: Previous | undefined, engine: string, model: ModelInfo): Tuning | undefined {
  return basis?.keywordEngine === engine && basis.model.digest === model.digest ? basis.tuning : undefined;
}

/** How long after the text is indexed papers are published that are not all encoded (milliseconds). */
function firstWait(missing: number): number {
  if (missing > FEW_TEXTS) return 0;
  return missing > HANDFUL ? WORTH_WAITING_MS : HANDFUL_WAITS_MS;
}
