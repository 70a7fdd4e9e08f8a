import { isDeepStrictEqual } from 'node:util';
import type { Encoder } from '../encode/encoder.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import type { KeywordEngineName } from '../indexes/keyword/engine-names.ts';
import type { KeywordEngine } from '../indexes/keyword/keyword-index.ts';
import { arrivedAll } from '../indexes/store/arrivals.ts';
import { removeStale, restorePointer } from '../indexes/store/clean-up.ts';
import { asFailedChange, snapshotName } from '../indexes/store/failed-change.ts';
import { lockForIngest } from '../indexes/store/ingest-lock.ts';
import type { MergeDecision, Tuning } from '../indexes/store/manifest.ts';
import { RecordSpool } from '../indexes/store/record-spool.ts';
import { publishSnapshot } from '../indexes/store/snapshot-writer.ts';
import { VectorJournal } from '../indexes/store/vector-journal.ts';
import { type Damage, verifySnapshot } from '../indexes/store/verify.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { pause } from '../util/pause.ts';
import { VERSION } from '../version.ts';
import { arrivalsOf } from './arrivals.ts';
import { type Assembled, assemble, type EarlierPaper } from './assemble.ts';
import { build } from './build.ts';
import { chooseEncoder, type ModelChoice } from './choose-encoder.ts';
import { withDecisions } from './decisions.ts';
import type { LinkReport } from './links.ts';
import { MIN_MAPPED, mapOf } from './map.ts';
import { engineFor, openPrevious, type Previous } from './previous.ts';
import { RecordSet } from './record-set.ts';
import { RecordStore } from './record-store.ts';
import type { IngestProgress } from './report.ts';
import { SourcePaths } from './source-paths.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/** How an index is changed, whatever is done to its records. */
export interface UpdateOptions extends ModelChoice {
  /** What answers keyword queries. Default: what the index has; for a new one, `bm25`. */
  readonly keywordEngine?: KeywordEngineName | undefined;
  /** Start from no papers instead of those in the index. Default false. */
  readonly rebuild?: boolean | undefined;
  /** With `rebuild`: when all its papers came in (ISO 8601). Default: what the snapshot before says, else now. */
  readonly arrivedAt?: string | undefined;
  /**
   * Whether everything but the vectors is made again, also where the papers are the same: for an index that another
   * version wrote. Default false.
   */
  readonly rewrite?: boolean | undefined;
  /**
   * Whether every source record becomes a separate paper; else those of one paper are put together. Default: what
   * the index has; for a new or rebuilt one, false. It holds for all that is in the index and can be changed back.
   */
  readonly keepDuplicates?: boolean | undefined;
  /**
   * Whether the index has a map of its papers, from now on. Default: what the index has; for a new or rebuilt one,
   * true. One of fewer than 10 papers has none.
   */
  readonly corpusMap?: boolean | undefined;
  /**
   * Whether the index has a vector of each sentence, from now on: reranking by sentences and explanations then encode
   * nothing. Default: what the index has; for a new or rebuilt one, false.
   */
  readonly sentenceVectors?: boolean | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Aborting stops the work and leaves the index as it was; the next ingest continues from there. */
  readonly signal?: AbortSignal | undefined;
}

/** What a change of the records may need. */
export interface Surroundings {
  /** The papers of the previous snapshot, in its order. */
  readonly earlier: readonly EarlierPaper[];
  /** Where the records come from; the change names new ones by it. */
  readonly sources: SourcePaths;
  /** Whether the index keeps every record as a separate paper. */
  readonly keepsDuplicates: boolean;
  /** Adds decisions about pairs of records. */
  readonly decide: (decisions: readonly MergeDecision[]) => void;
  /** Aborts when the change should stop. */
  readonly signal: AbortSignal;
}

/** The outcome of a change. */
export interface Update<T> {
  readonly index: string;
  /** Name of the current snapshot afterwards. */
  readonly snapshot: string;
  readonly assembled: Assembled;
  /** What people decided about pairs of records. */
  readonly decisions: readonly MergeDecision[];
  /** Texts that were encoded, of papers and of sentences; all other vectors were there already. */
  readonly encoded: number;
  /** The links between the papers of a new snapshot; absent where none was written. */
  readonly links?: LinkReport;
  /** With `rebuild`: why the snapshot before could not be opened, so that all papers count as new. */
  readonly unreadable?: string | undefined;
  /** With `rebuild`: what of the snapshot before was damaged, so that none of its vectors was reused. */
  readonly damage?: Damage | undefined;
  /** What `change` returned. */
  readonly result: T;
}

/**
 * Changes the records of an index and writes the snapshot that they make, under the ingest lock. The current snapshot
 * stays in use until the new one is complete; where nothing differs, none is written.
 * @param change adds records or removes some; when it throws, the index stays as it was.
 * @throws PaperSearchError as `ingest` does.
 */
export async function updateIndex<T>(
  options: UpdateOptions,
  change: (records: RecordSet, surroundings: Surroundings) => Promise<T>,
): Promise<Update<T>> {
  const work = await startWork(options);
  try {
    const opened = await openBasis(work, options);
    const { records, earlier, sources } = opened;
    const decide = (decisions: readonly MergeDecision[]) => {
      opened.decisions = withDecisions(opened.decisions, decisions);
    };
    const result = await change(records, {
      earlier,
      sources,
      keepsDuplicates: opened.basis?.keepDuplicates ?? false,
      decide,
      signal: work.signal,
    });
    const plan = await planSnapshot(opened, options);
    const { index } = work;
    const { assembled } = plan;
    if (!options.rewrite && isSame(plan, opened)) {
      const { name } = opened.basis;
      // Removes what an ingest left behind if it was killed just after it made the snapshot current.
      await removeStale(index, name, name);
      return { index, snapshot: name, assembled, decisions: plan.decisions, encoded: 0, result };
    }
    return {
      index,
      assembled,
      decisions: plan.decisions,
      ...(await buildAndPublish(work, opened, plan, options)),
      unreadable: work.unreadable,
      damage: work.damage,
      result,
    };
  } catch (error) {
    throw await asFailedChange(error, work.index, work.before);
  } finally {
    work.previous?.close();
    work.spool.close();
    if (!options.encoder) await work.encoder?.close();
    await work.unlock();
  }
}

/** What an update holds until its end. */
interface Work {
  readonly index: string;
  readonly spool: RecordSpool;
  readonly onProgress: (progress: IngestProgress) => void;
  /** Aborts when the caller aborts, or when the lock is lost. */
  readonly signal: AbortSignal;
  readonly unlock: () => Promise<void>;
  /** Name of the previous snapshot, the snapshot itself, and the encoder, once they are known. */
  before: string | undefined;
  previous: Previous | undefined;
  encoder: Encoder | undefined;
  /** Why the previous snapshot of a rebuilt index cannot be opened, or what of it is damaged. */
  unreadable: string | undefined;
  damage: Damage | undefined;
}

/** Locks the index. */
async function startWork(options: UpdateOptions): Promise<Work> {
  const { index = 'index', onProgress = () => {} } = options;
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const unlock = await lockForIngest(index, {
    onWait: () => onProgress({ stage: 'waiting' }),
    onLost: (error) => lost.abort(error),
    signal,
  });
  return {
    index,
    spool: new RecordSpool(index),
    onProgress,
    signal,
    unlock,
    before: undefined,
    previous: undefined,
    encoder: undefined,
    unreadable: undefined,
    damage: undefined,
  };
}

/** The snapshot that a new one is based on, and its records. */
interface Opened {
  readonly encoder: Encoder;
  readonly engine: KeywordEngine;
  /** Undefined for a new or rebuilt index. */
  readonly basis: Previous | undefined;
  readonly records: RecordSet;
  readonly earlier: readonly EarlierPaper[];
  readonly sources: SourcePaths;
  /** About pairs of records; the change may add some. */
  decisions: readonly MergeDecision[];
}

/** Opens the current snapshot and takes over its records. */
async function openBasis(work: Work, options: UpdateOptions): Promise<Opened> {
  const { rebuild = false, keywordEngine } = options;
  const { index, spool } = work;
  if (!rebuild) await restorePointer(index);
  work.before = await snapshotName(index);
  const onUnreadable = (reason: string) => {
    work.unreadable = reason;
  };
  work.previous = await openPrevious(index, rebuild ? onUnreadable : undefined);
  if (rebuild && work.previous) [work.damage] = await verifySnapshot(index, work.previous.name);
  const engine = engineFor(keywordEngine, work.previous);
  const basis = rebuild ? undefined : work.previous;
  work.encoder = await chooseEncoder({ previous: work.previous, basis, ...options }, () =>
    work.onProgress({ stage: 'converting-model' }),
  );
  const records = new RecordSet(new RecordStore(spool, basis?.sources));
  const earlier = basis ? await takeOver(basis, records) : [];
  const files = new Set(Array.from(records, ({ keys }) => keys.file));
  const sources = await SourcePaths.of(basis?.sourcePaths ?? {}, files);
  // What people decided holds for a rebuilt index, too.
  const decisions = work.previous?.decisions ?? [];
  return { encoder: work.encoder, engine, basis, records, earlier, sources, decisions };
}

/** What the new snapshot will contain. */
interface Plan {
  readonly assembled: Assembled;
  readonly keepDuplicates: boolean;
  readonly withoutMap: boolean;
  readonly hasMap: boolean;
  readonly hasSentences: boolean;
  readonly sourcePaths: Readonly<Record<string, string>>;
  readonly decisions: readonly MergeDecision[];
}

/** Assembles the papers from the changed records. */
async function planSnapshot(opened: Opened, options: UpdateOptions): Promise<Plan> {
  const { basis, records, earlier, sources, decisions } = opened;
  const keepDuplicates = options.keepDuplicates ?? basis?.keepDuplicates ?? false;
  const assembled = await assemble(records, earlier, keepDuplicates, decisions);
  const withoutMap = !(options.corpusMap ?? !basis?.withoutMap);
  const hasMap = !withoutMap && assembled.papers.length >= MIN_MAPPED;
  const hasSentences = options.sentenceVectors ?? basis?.sentences !== undefined;
  const sourcePaths = sources.recordOf(Array.from(records, ({ keys }) => keys.file));
  return { assembled, keepDuplicates, withoutMap, hasMap, hasSentences, sourcePaths, decisions };
}

/** Whether the new snapshot would be equal to the one that it is based on. */
function isSame(plan: Plan, opened: Opened): opened is Opened & { readonly basis: Previous } {
  const { encoder, engine, basis } = opened;
  return (
    !plan.assembled.changed &&
    isDeepStrictEqual(encoder.model, basis?.model) &&
    engine.name === basis?.keywordEngine &&
    plan.keepDuplicates === basis.keepDuplicates &&
    plan.withoutMap === basis.withoutMap &&
    plan.hasMap === basis.hasMap &&
    plan.hasSentences === (basis.sentences !== undefined) &&
    isDeepStrictEqual(plan.sourcePaths, basis.sourcePaths) &&
    isDeepStrictEqual(plan.decisions, basis.decisions)
  );
}

/** Builds the new snapshot, writes it and makes it current. */
async function buildAndPublish(
  { index, onProgress, signal, previous, damage }: Work,
  { encoder, engine, basis }: Opened,
  { assembled, keepDuplicates, withoutMap, hasMap, hasSentences, sourcePaths, decisions }: Plan,
  { rewrite = false, arrivedAt }: UpdateOptions,
): Promise<{ readonly snapshot: string; readonly encoded: number; readonly links: LinkReport }> {
  const { model } = encoder;
  const journal = await VectorJournal.open(index, model.dimension);
  let published = false;
  try {
    const { papers, recordsOf, unchanged } = assembled;
    const tools = { encoder, engine, rewrite, sentences: hasSentences, journal, onProgress, signal };
    const built = await build(papers, damage ? undefined : previous, unchanged, tools);
    const { vectorOf, sentencesOf, encoded, keywordIndex, fields, links, positions } = built;
    signal.throwIfAborted();
    const codes = await codesOf(papers.length, model.dimension, vectorOf);
    const map = hasMap
      ? await mapOf(
          papers,
          codes,
          model.dimension,
          // Distances by another model's vectors would not fit the earlier places.
          basis?.model.digest === model.digest ? { previous: basis, positions } : undefined,
          onProgress,
          signal,
        )
      : undefined;
    const arrivals = previous
      ? await arrivalsOf(assembled, previous)
      : arrivedAt === undefined
        ? undefined
        : arrivedAll(papers.length, arrivedAt);
    signal.throwIfAborted();
    onProgress({ stage: 'writing' });
    const content = {
      papers,
      recordsOf,
      keepDuplicates,
      vectorOf,
      sentencesOf,
      codes,
      lexical: keywordIndex.serialize(),
      lexicalEngine: engine.name,
      fields,
      map,
      withoutMap,
      sourcePaths,
      decisions,
      arrivals,
      model,
      tuning: tuningToKeep(basis, engine.name, model),
    };
    const snapshot = await publishSnapshot(index, content, VERSION, signal);
    published = true;
    await removeStale(index, snapshot, previous?.name);
    return { snapshot, encoded, links };
  } finally {
    await journal.close(published);
  }
}

/** Weights are kept when papers are added, but not when the keyword engine or model changes: they were fitted to these. */
function tuningToKeep(basis: Previous | undefined, engine: string, model: ModelInfo): Tuning | undefined {
  return basis?.keywordEngine === engine && basis.model.digest === model.digest ? basis.tuning : undefined;
}

/** Adds the records of a snapshot to a set. @returns the papers of the snapshot. */
async function takeOver({ papers, sources }: Previous, records: RecordSet): Promise<EarlierPaper[]> {
  const earlier: EarlierPaper[] = [];
  for (let doc = 0; doc < papers.size; doc++) {
    if (doc % YIELD_EVERY === 0) await pause();
    const made = sources.read(doc);
    made.forEach((record, nth) => {
      records.keep(record, doc, nth);
    });
    const { id, aliases = [] } = sources.isRecord(doc) ? made[0]! : papers.read(doc);
    earlier.push({ id, aliases, records: made.length });
  }
  return earlier;
}

/** Vectors in 8 bits, in the form that the dense index reads. */
async function codesOf(
  count: number,
  dimension: number,
  vectorOf: (doc: number) => Float32Array,
): Promise<Uint8Array> {
  const memory = new CodeMemory(count, dimension);
  for (let doc = 0; doc < count; doc++) {
    if (doc % YIELD_EVERY === 0) await pause();
    memory.encode(doc, vectorOf(doc));
  }
  return memory.image;
}
