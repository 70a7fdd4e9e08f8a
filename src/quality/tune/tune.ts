import { type Encoder, RETRIES_OF_LONG_TASKS } from '../../encode/encoder.ts';
import { encoderOfIndex } from '../../encode/encoder-of-index.ts';
import { rankingOf } from '../../encode/model-info.ts';
import { bulkProcesses } from '../../encode/process-encoder.ts';
import { PaperSearchError } from '../../errors.ts';
import { DEFAULT_KEYWORD_ENGINE } from '../../indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES, keywordEngineOf } from '../../indexes/keyword/engines.ts';
import type { KeywordEngine } from '../../indexes/keyword/keyword-index.ts';
import { expectBuiltWith, nameOf, type Tuning, UPGRADE } from '../../indexes/store/manifest.ts';
import { publishTuning } from '../../indexes/store/publish-tuning.ts';
import { openSnapshot, type Snapshot } from '../../indexes/store/snapshot-reader.ts';
import { drawCorpus, type TuningCorpus } from './corpus.ts';
import { compareParts, type PartFigures } from './figures.ts';
import { fitWeights } from './fit.ts';
import { HeldOutIndex, type PreparedQuery } from './held-out-index.ts';
import { locked } from './locked.ts';
import { TUNING_KINDS } from './queries.ts';
import type { TuneProgress, TuneReport } from './report.ts';
import { heldOutVectors } from './vectors.ts';
import { defaultWeights, informativeKinds, parametersFor, type TunedWeights } from './weights.ts';

export interface TuneOptions {
  /** Folder of the index. Default `index`. */
  readonly index?: string | undefined;
  /** Most queries; one half is used to fit, the other to check. Default 300, at least 50. */
  readonly queries?: number | undefined;
  /** The same seed gives the same queries and weights for the same corpus. Default 1. */
  readonly seed?: number | undefined;
  /** Default: the model of the index in a separate process, closed at the end. One that is passed stays open. */
  readonly encoder?: Encoder | undefined;
  readonly onProgress?: ((progress: TuneProgress) => void) | undefined;
  /** Aborting stops the tuning and leaves the index unchanged. */
  readonly signal?: AbortSignal | undefined;
}

/** The vectors of papers have the title weight of their model: it is not tuned. */
const AS_INDEXED = 0;
const DEFAULT_QUERIES = 300;
/** With fewer queries, only a huge gain could be distinguished from chance. */
const MIN_QUERIES = 50;
/** A gain on the part to check is ignored if its p-value is not below this. */
const SIGNIFICANT = 0.05;

/**
 * Fits the weights of an index to its corpus without judgments. Queries are texts that are removed from papers
 * (`queries.ts`), which have to be found without them. Weights are fitted on one half of the queries and kept only if they
 * are better on the other half, by a paired randomisation test over the kinds of queries that they can be fitted on.
 * Earlier weights are replaced, or dropped if the new ones are not better: the result depends only on the corpus and the
 * seed.
 * @throws PaperSearchError BAD_INPUT for a corpus with too few suitable papers; INDEX_MISSING, INDEX_INCOMPATIBLE,
 *   INDEX_CORRUPT, INDEX_LOCKED, INDEX_UNWRITABLE, MODEL_UNAVAILABLE or ENCODER_FAILED; the signal's reason.
 */
export async function tune(options: TuneOptions = {}): Promise<TuneReport> {
  const { index = 'index', queries: count = DEFAULT_QUERIES, seed = 1, onProgress = () => {} } = options;
  const started = performance.now();
  return locked(options, async (signal) => {
    const snapshot = await openSnapshot(index);
    try {
      const corpus = drawCorpus(snapshot, count, seed);
      if (corpus.queries.length < MIN_QUERIES) throw tooSmall(corpus, count);
      const engine = engineOf(snapshot);
      const ranking = rankingOf(snapshot.manifest.model);
      const defaults = defaultWeights(engine, ranking);
      const { heldOut, fit, check } = await prepared(snapshot, corpus, engine, { ...options, signal });
      const measure = (queries: readonly PreparedQuery[]) => (settings: readonly TunedWeights[]) =>
        heldOut.measure(
          settings.map((setting) => ({ ...setting, titleWeight: AS_INDEXED, feedback: ranking.feedback })),
          queries,
          signal,
        );
      const parameters = parametersFor(defaults);
      const fitted = await fitWeights(defaults, parameters, fit, measure(fit), (done, total) =>
        onProgress({ stage: 'fitting', done, total }),
      );
      const informative = informativeKinds(defaults, fitted, parameters);
      const figuresOf = async (queries: readonly PreparedQuery[]) => {
        const [byDefault, tuned] = await measure(queries)([defaults, fitted]);
        return compareParts(byDefault!, tuned!, queries, informative);
      };
      const figures = { fit: await figuresOf(fit), check: await figuresOf(check) };
      const kept = figures.check.gain > 0 && figures.check.p < SIGNIFICANT;
      onProgress({ stage: 'writing' });
      const papers = snapshot.papers.size;
      const tuning = kept ? tuningOf(fitted, papers, seed, figures) : undefined;
      const name = await publishTuning(index, tuning, signal);
      const searched = corpus.papers.length;
      const tookMs = Math.round(performance.now() - started);
      return { index, snapshot: name, papers, searched, seed, defaults, fitted, ...figures, kept, tookMs };
    } finally {
      snapshot.close();
    }
  });
}

/**
 * Resets an index to the default weights.
 * @returns the snapshot that is current afterwards, and whether the index was tuned.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_CORRUPT, INDEX_LOCKED or INDEX_UNWRITABLE.
 */
export async function dropTuning(
  options: Pick<TuneOptions, 'index' | 'onProgress' | 'signal'> = {},
): Promise<{ index: string; snapshot: string; dropped: boolean }> {
  const { index = 'index' } = options;
  return locked(options, async (signal) => {
    const current = await openSnapshot(index);
    current.close();
    const snapshot = await publishTuning(index, undefined, signal);
    return { index, snapshot, dropped: current.manifest.tuning !== undefined };
  });
}

interface Prepared {
  readonly heldOut: HeldOutIndex;
  readonly fit: readonly PreparedQuery[];
  readonly check: readonly PreparedQuery[];
}

/** The index without the texts of the queries, and the encoded queries. */
async function prepared(
  snapshot: Snapshot,
  corpus: TuningCorpus,
  engine: KeywordEngine,
  options: TuneOptions & { readonly signal: AbortSignal },
): Promise<Prepared> {
  const { onProgress = () => {}, signal } = options;
  const encoder =
    options.encoder ??
    (await encoderOfIndex(snapshot.manifest.model, {
      ...bulkProcesses(),
      onConvert: () => onProgress({ stage: 'converting-model' }),
    }));
  try {
    expectBuiltWith('model', nameOf(snapshot.manifest.model), nameOf(encoder.model));
    const report = (stage: 'encoding' | 'encoding-queries' | 'indexing') => (done: number, total: number) =>
      onProgress({ stage, done, total });
    const replacing = {
      retries: RETRIES_OF_LONG_TASKS,
      onRetry: () => onProgress({ stage: 'replacing-encoder' }),
      signal,
    };
    const vectors = await heldOutVectors(corpus, snapshot, encoder, {
      ...replacing,
      onProgress: report('encoding'),
    });
    const heldOut = await HeldOutIndex.build(corpus.papers, () => vectors, engine, {
      onProgress: report('indexing'),
      signal,
    });
    const contents = corpus.queries.map(({ text }) => heldOut.contentOf(text));
    const encoded = await encoder.encode(contents, { ...replacing, onProgress: report('encoding-queries') });
    const { dimension } = encoder.model;
    const queries = corpus.queries.map(({ kind, doc }, n) =>
      heldOut.prepare(kind, contents[n]!, encoded.subarray(n * dimension, (n + 1) * dimension), doc),
    );
    return { heldOut, ...halves(queries) };
  } finally {
    if (!options.encoder) await encoder.close();
  }
}

/** Splits the queries of each kind evenly into two halves. */
function halves(queries: readonly PreparedQuery[]): Pick<Prepared, 'fit' | 'check'> {
  const ordered = TUNING_KINDS.flatMap((kind) => queries.filter((query) => query.kind === kind));
  return {
    fit: ordered.filter((_, n) => n % 2 === 0),
    check: ordered.filter((_, n) => n % 2 === 1),
  };
}

function engineOf({ manifest: { lexicalEngine } }: Snapshot): KeywordEngine {
  const engine = keywordEngineOf(lexicalEngine) ?? KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];
  expectBuiltWith('keyword engine', lexicalEngine, engine.name, UPGRADE);
  return engine;
}

function tuningOf(
  weights: TunedWeights,
  papers: number,
  seed: number,
  figures: { readonly fit: PartFigures; readonly check: PartFigures },
): Tuning {
  const kept = ({ queries, default: byDefault, tuned, p }: PartFigures) => ({
    queries,
    default: byDefault,
    tuned,
    p,
  });
  return { ...weights, papers, seed, figures: { fit: kept(figures.fit), check: kept(figures.check) } };
}

function tooSmall({ queries, papers }: TuningCorpus, count: number): PaperSearchError {
  const asked = count < MIN_QUERIES ? ` (${count} were asked for)` : '';
  return new PaperSearchError(
    'BAD_INPUT',
    `Tuning needs at least ${MIN_QUERIES} queries, 20 or more of a kind, each from a different paper: from a title beside an abstract, from a sentence of an abstract, or from a keyword of several words. The ${papers.length} papers of the index are enough for ${queries.length}${asked}: add papers first. The index is unchanged.`,
    { details: { queries: queries.length, papers: papers.length } },
  );
}
