import { type Encoder, RETRIES_OF_LONG_TASKS } from '../../encode/encoder.ts';
import { BUNDLED_RANKING } from '../../encode/model-info.ts';
import { infoOf, type Model } from '../../encode/models/model.ts';
import { findModel, recordModel } from '../../encode/models/registry.ts';
import { createBulkEncoder } from '../../encode/process-encoder.ts';
import { PaperSearchError } from '../../errors.ts';
import { DEFAULT_KEYWORD_ENGINE } from '../../indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES, keywordEngineOf } from '../../indexes/keyword/engines.ts';
import { publishRanking } from '../../indexes/store/publish-tuning.ts';
import { openSnapshot, type Snapshot } from '../../indexes/store/snapshot-reader.ts';
import { bestSetting, CALIBRATED_SETTINGS } from './calibrated-weights.ts';
import { drawCorpus, type TuningCorpus } from './corpus.ts';
import { HeldOutIndex, type PreparedQuery } from './held-out-index.ts';
import { locked } from './locked.ts';
import { OFF_TOPIC_QUERIES } from './off-topic-queries.ts';
import { calibrationQueries } from './queries.ts';
import type { CalibratedValues, CalibrationReport, TuneProgress } from './report.ts';
import { thresholdsOf } from './thresholds.ts';
import { vectorsByTitleWeight } from './title-weights.ts';

export interface CalibrateOptions {
  /** Folder of an index: queries are made from its papers. Default `index`. */
  readonly index?: string | undefined;
  /** Most queries. Default 1200, at least 160. */
  readonly queries?: number | undefined;
  /** The same seed gives the same values for the same corpus. Default 1. */
  readonly seed?: number | undefined;
  /** Makes an encoder of a model, closed at the end. Default: a separate process. */
  readonly encoderOf?: ((model: Model) => Encoder | Promise<Encoder>) | undefined;
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
  /** Aborting stops the calibration and leaves the model and the index unchanged. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_QUERIES = 1200;
const MIN_QUERIES = 160;
const SETTINGS_AT_ONCE = 15;
/** Papers that are searched: enough to distinguish weights, and few enough to encode by another model in minutes. */
const MAX_PAPERS = 2000;
/** The share for related papers as a part of that for queries: the bundled model's, measured for both. */
const RELATED_PART = BUNDLED_RANKING.relatedKeywordShare / BUNDLED_RANKING.keywordShare;

/**
 * Fits how papers are ranked by the vectors of a model, without judgments: keyword share, title weight, feedback and
 * the thresholds of confidence. Queries are texts that are removed from papers (`queries.ts`), which have to be found
 * without them. The result depends only on the model, the papers and the seed; on the values of the model only in that its
 * title weight is kept unless another one is clearly better.
 *
 * The values are recorded for an added model, and in the index if it has vectors of the model. Those of the bundled model
 * are only reported: it cannot be written, and its values were measured with judgments.
 * @throws PaperSearchError NOT_FOUND for an unknown model; BAD_INPUT for a corpus with too few suitable papers;
 *   INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_CORRUPT, INDEX_LOCKED, INDEX_UNWRITABLE, MODEL_UNAVAILABLE or
 *   ENCODER_FAILED; the signal's reason.
 */
export async function calibrate(name: string, options: CalibrateOptions = {}): Promise<CalibrationReport> {
  const { index = 'index', seed = 1, onProgress = () => {} } = options;
  const started = performance.now();
  const model = await findModel(name);
  const snapshot = await openSnapshot(index);
  try {
    const { values, mrr, searched, queries } = await calibratedValues(model, snapshot, options);
    onProgress({ stage: 'writing' });
    options.signal?.throwIfAborted();
    return {
      model: name,
      index,
      papers: snapshot.papers.size,
      searched,
      queries,
      seed,
      before: valuesOf(model),
      after: values,
      'mrr@10': mrr,
      ...(await record(model, values, index, snapshot, options)),
      isTuned: snapshot.manifest.tuning !== undefined,
      tookMs: Math.round(performance.now() - started),
    };
  } finally {
    snapshot.close();
  }
}

/** The values of a model that calibration fits. */
function valuesOf({ ranking, titleWeight }: Pick<Model, 'ranking' | 'titleWeight'>): CalibratedValues {
  return { titleWeight, ...ranking };
}

interface Fitted {
  readonly values: CalibratedValues;
  /** Mean reciprocal rank of the queries with the values before, and with the fitted ones. */
  readonly mrr: { readonly before: number; readonly after: number };
  /** Papers that were ranked, and queries made from them. */
  readonly searched: number;
  readonly queries: number;
}

/**
 * What `calibrate` finds, without recording it.
 * @throws PaperSearchError BAD_INPUT for a corpus with too few suitable papers, MODEL_UNAVAILABLE or ENCODER_FAILED; the
 *   signal's reason.
 */
export async function calibratedValues(
  model: Model,
  snapshot: Snapshot,
  { queries: count = DEFAULT_QUERIES, seed = 1, onProgress = () => {}, signal, encoderOf }: CalibrateOptions,
): Promise<Fitted> {
  const corpus = drawCorpus(snapshot, count, seed, { most: MAX_PAPERS, make: calibrationQueries });
  if (corpus.queries.length < MIN_QUERIES) throw tooSmall(corpus, count);
  const report =
    (stage: 'encoding' | 'encoding-queries' | 'indexing' | 'fitting') => (done: number, total: number) =>
      onProgress({ stage, done, total });
  const replacing = {
    retries: RETRIES_OF_LONG_TASKS,
    onRetry: () => onProgress({ stage: 'replacing-encoder' }),
    signal,
  };
  const plain = { ...model, titleWeight: 0 };
  const encoder =
    (await encoderOf?.(plain)) ??
    createBulkEncoder({ model: plain, onConvert: () => onProgress({ stage: 'converting-model' }) });
  try {
    const vectorsAt = await vectorsByTitleWeight(
      corpus.papers,
      encoder,
      knownVectors(model, snapshot, corpus),
      {
        ...replacing,
        onProgress: report('encoding'),
      },
    );
    const engine =
      keywordEngineOf(snapshot.manifest.lexicalEngine) ?? KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];
    const heldOut = await HeldOutIndex.build(corpus.papers, vectorsAt, engine, {
      onProgress: report('indexing'),
      signal,
    });
    const contents = [...corpus.queries.map(({ text }) => text), ...OFF_TOPIC_QUERIES].map((text) =>
      heldOut.contentOf(text),
    );
    const encoded = await encoder.encode(contents, { ...replacing, onProgress: report('encoding-queries') });
    const { dimension } = encoder.model;
    const prepared = contents.map((content, n) => {
      const { kind, doc } = corpus.queries[n] ?? { kind: 'title', doc: -1 };
      return heldOut.prepare(kind, content, encoded.subarray(n * dimension, (n + 1) * dimension), doc);
    });
    const queries = prepared.slice(0, corpus.queries.length);
    const settings = CALIBRATED_SETTINGS.map((setting) => ({ ...setting, bm25: engine.weights }));
    const measured: number[][] = [];
    // In parts, to report progress.
    for (let start = 0; start < settings.length; start += SETTINGS_AT_ONCE) {
      const part = settings.slice(start, start + SETTINGS_AT_ONCE);
      measured.push(...(await heldOut.measure(part, queries, signal)));
      onProgress({ stage: 'fitting', done: measured.length, total: settings.length });
    }
    const weights = bestSetting(settings, measured, queries, model.titleWeight);
    const nearest = (query: PreparedQuery) =>
      heldOut.cosinesOf(query, weights.titleWeight).reduce((a, b) => Math.max(a, b), -1);
    const values: CalibratedValues = {
      titleWeight: weights.titleWeight,
      keywordShare: weights.lexicalShare,
      relatedKeywordShare: Number((RELATED_PART * weights.lexicalShare).toFixed(2)),
      feedback: weights.feedback,
      confidence: thresholdsOf(queries.map(nearest), prepared.slice(queries.length).map(nearest)),
    };
    const before = { ...weightsOf(valuesOf(model)), bm25: engine.weights };
    const [was, is] = await heldOut.measure([before, weights], queries, signal);
    return {
      values,
      mrr: { before: mean(was!), after: mean(is!) },
      searched: corpus.papers.length,
      queries: queries.length,
    };
  } finally {
    await encoder.close();
  }
}

/** The vectors of the index, if they are those of the model and the text of the paper is the same. */
function knownVectors(model: Model, { manifest, vectors }: Snapshot, { queries, positions }: TuningCorpus) {
  const isSame = infoOf(model).digest === manifest.model.digest;
  // Keywords are not encoded.
  const changed = new Set(queries.flatMap(({ kind, doc }) => (kind === 'key-phrase' ? [] : [doc])));
  return {
    vectorOf: (doc: number) => (isSame && !changed.has(doc) ? vectors.read(positions[doc]!) : undefined),
    titleWeight: model.titleWeight,
  };
}

/** Writes the fitted values where they are used from now on. */
async function record(
  model: Model,
  values: CalibratedValues,
  index: string,
  { manifest }: Snapshot,
  { onProgress, signal }: CalibrateOptions,
): Promise<Pick<CalibrationReport, 'recorded' | 'snapshot' | 'mustEncode'>> {
  if (model.source.kind === 'bundled') return { recorded: false, snapshot: undefined, mustEncode: false };
  const { titleWeight, ...ranking } = values;
  const fitted = { ...model, titleWeight, ranking };
  const isOfIndex = infoOf(model).digest === manifest.model.digest;
  if (!isOfIndex || titleWeight !== model.titleWeight) {
    await recordModel(fitted);
    return { recorded: true, snapshot: undefined, mustEncode: isOfIndex };
  }
  return locked({ index, onProgress, signal }, async (either) => {
    const snapshot = await publishRanking(index, ranking, either);
    await recordModel(fitted);
    return { recorded: true, snapshot, mustEncode: false };
  });
}

function weightsOf({ keywordShare, titleWeight, feedback }: CalibratedValues) {
  return { lexicalShare: keywordShare, titleWeight, feedback };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tooSmall({ queries, papers }: TuningCorpus, count: number): PaperSearchError {
  const asked = count < MIN_QUERIES ? ` (${count} were asked for)` : '';
  return new PaperSearchError(
    'BAD_INPUT',
    `Calibration needs at least ${MIN_QUERIES} queries, four from the title or the abstract of each of 40 papers. The ${papers.length} papers of the index are enough for ${queries.length}${asked}: use a larger index of papers like yours. The model is unchanged.`,
    { details: { queries: queries.length, papers: papers.length } },
  );
}
