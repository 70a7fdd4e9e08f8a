import type { Encoder } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import type { KeywordEngine } from '../indexes/keyword/keyword-index.ts';
import { restorePointer } from '../indexes/store/clean-up.ts';
import { snapshotName } from '../indexes/store/failed-change.ts';
import { lockForIngest } from '../indexes/store/ingest-lock.ts';
import type { MergeDecision } from '../indexes/store/manifest.ts';
import type { StoredRecordFacts } from '../indexes/store/record-facts.ts';
import { RecordSpool } from '../indexes/store/record-spool.ts';
import { type Damage, verifySnapshot } from '../indexes/store/verify.ts';
import { pause } from '../util/pause.ts';
import { VERSION } from '../version.ts';
import { chooseEncoder } from './choose-encoder.ts';
import { type EarlierPaper, type EarlierPapers, StoredPapers } from './earlier-papers.ts';
import { EarlyTexts } from './early-texts.ts';
import { engineFor, openPrevious, type Previous } from './previous.ts';
import { RecordSet } from './record-set.ts';
import { RecordStore } from './record-store.ts';
import type { IngestProgress } from './report.ts';
import { SourcePaths } from './source-paths.ts';
import type { UpdateOptions } from './update-options.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/** What an update holds until its end. */
export interface Work {
  readonly index: string;
  readonly spool: RecordSpool;
  readonly onProgress: (progress: IngestProgress) => void;
  /** Aborts when the caller aborts, or when the lock is lost. */
  readonly signal: AbortSignal;
  readonly unlock: () => Promise<void>;
  /** Name of the current snapshot; the snapshot before the change, and the encoder, once they are known. */
  before: string | undefined;
  previous: Previous | undefined;
  encoder: Encoder | undefined;
  /** Why the previous snapshot of a rebuilt index cannot be opened, or what of it is damaged. */
  unreadable: string | undefined;
  damage: Damage | undefined;
  /** Whether a snapshot was published before all is encoded. */
  isSearchable: boolean;
}

/** Locks the index. */
export async function startWork(options: UpdateOptions): Promise<Work> {
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
    isSearchable: false,
  };
}

/** The snapshot that a new one is based on, and its records. */
export interface Opened {
  readonly encoder: Encoder;
  readonly engine: KeywordEngine;
  /** Undefined for a new or rebuilt index. */
  readonly basis: Previous | undefined;
  readonly records: RecordSet;
  readonly earlier: EarlierPapers;
  readonly sources: SourcePaths;
  /** Takes texts while records are read, for a new index and where its engine can. */
  readonly early: EarlyTexts | undefined;
  /** About pairs of records; the change may add some. */
  decisions: readonly MergeDecision[];
}

/** Opens the current snapshot and takes over its records. */
export async function openBasis(work: Work, options: UpdateOptions): Promise<Opened> {
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
  // Another version may know records by other facts: then all of them are read.
  const facts = !options.rewrite && basis?.writtenBy === VERSION ? readableFacts(basis) : undefined;
  const earlier = basis ? await takeOver(basis, facts, records) : [];
  const sources = await SourcePaths.of(basis?.sourcePaths ?? {}, records.files());
  // What people decided holds for a rebuilt index, too.
  const decisions = work.previous?.decisions ?? [];
  const build = work.previous ? undefined : engine.begin?.();
  const early = build && new EarlyTexts(build);
  return { encoder: work.encoder, engine, basis, records, earlier, sources, early, decisions };
}

/** The facts of the records of a snapshot; undefined without them, or where they are damaged: then the records are read. */
function readableFacts(basis: Previous): StoredRecordFacts | undefined {
  try {
    return basis.readRecordFacts();
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_CORRUPT') return undefined;
    throw error;
  }
}

/** Adds the records of a snapshot to a set. @returns the papers of the snapshot. */
async function takeOver(
  { papers, sources }: Previous,
  facts: StoredRecordFacts | undefined,
  records: RecordSet,
): Promise<EarlierPapers> {
  if (facts) {
    records.keepStored(facts);
    return new StoredPapers(papers.documents, facts);
  }
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
