import type { Encoder } from '../encode/encoder.ts';
import { createProcessEncoder } from '../encode/process-encoder.ts';
import type { KeywordEngineName } from '../indexes/keyword/engines.ts';
import { removeStale, restorePointer } from '../indexes/store/clean-up.ts';
import { asFailedChange, snapshotName } from '../indexes/store/failed-change.ts';
import { lockForIngest } from '../indexes/store/ingest-lock.ts';
import { expectBuiltWith, nameOf, type Tuning } from '../indexes/store/manifest.ts';
import { RecordSpool } from '../indexes/store/record-spool.ts';
import { publishSnapshot } from '../indexes/store/snapshot-writer.ts';
import { VectorJournal } from '../indexes/store/vector-journal.ts';
import { CodeMemory } from '../indexes/vectors/code-memory.ts';
import { pause } from '../util/pause.ts';
import { VERSION } from '../version.ts';
import { type Assembled, assemble, type EarlierPaper } from './assemble.ts';
import { build } from './build.ts';
import { MIN_MAPPED, mapOf } from './map.ts';
import { engineFor, openPrevious, type Previous } from './previous.ts';
import { RecordSet } from './record-set.ts';
import { RecordStore } from './record-store.ts';
import type { IngestProgress } from './report.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/** How an index is changed, whatever is done to its records. */
export interface UpdateOptions {
  /** Folder of the index. Default `index`. */
  readonly index?: string | undefined;
  /** What answers keyword queries. Default: what the index has; for a new one, `bm25`. */
  readonly keywordEngine?: KeywordEngineName | undefined;
  /** Start from no papers instead of those in the index. Default false. */
  readonly rebuild?: boolean | undefined;
  /**
   * Whether every source record makes a paper of its own; else those of one paper are put together. Default: what
   * the index has; for a new or rebuilt one, false. It holds for all that is in the index and can be changed back.
   */
  readonly keepDuplicates?: boolean | undefined;
  /**
   * Whether the index has a map of its papers, from now on. Default: what the index has; for a new or rebuilt one,
   * true. One of fewer than 10 papers has none.
   */
  readonly corpusMap?: boolean | undefined;
  /** Default: the bundled model in a process of its own, closed at the end. One that is passed stays open. */
  readonly encoder?: Encoder | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Aborting stops the work and leaves the index as it was; the next ingest goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/** What a change of the records may need. */
export interface Surroundings {
  /** The papers of the snapshot before, in its order. */
  readonly earlier: readonly EarlierPaper[];
  /** Aborts when the change should stop. */
  readonly signal: AbortSignal;
}

/** What a change came to. */
export interface Update<T> {
  readonly index: string;
  /** Name of the current snapshot afterwards. */
  readonly snapshot: string;
  readonly assembled: Assembled;
  /** Texts that were encoded; all other vectors were there already. */
  readonly encoded: number;
  /** What `change` gave. */
  readonly result: T;
}

/**
 * Changes the records of an index and writes the snapshot that they make, under the ingest lock. The current snapshot
 * stays in use until the new one is whole; where nothing differs, none is written.
 * @param change adds to the records or takes from them; what it throws leaves the index as it was.
 * @throws PaperSearchError as `ingest` does.
 */
export async function updateIndex<T>(
  options: UpdateOptions,
  change: (records: RecordSet, surroundings: Surroundings) => Promise<T>,
): Promise<Update<T>> {
  const index = options.index ?? 'index';
  const rebuild = options.rebuild ?? false;
  const onProgress = options.onProgress ?? (() => {});
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const unlock = await lockForIngest(index, {
    onWait: () => onProgress({ stage: 'waiting' }),
    onLost: (error) => lost.abort(error),
    signal,
  });
  const encoder =
    options.encoder ?? createProcessEncoder({ onConvert: () => onProgress({ stage: 'converting-model' }) });
  const spool = new RecordSpool(index);
  let previous: Previous | undefined;
  let before: string | undefined;
  try {
    if (!rebuild) await restorePointer(index);
    before = await snapshotName(index);
    previous = await openPrevious(index, rebuild);
    const engine = engineFor(options.keywordEngine, previous);
    const basis = rebuild ? undefined : previous;
    if (basis) expectBuiltWith('model', nameOf(basis.model), nameOf(encoder.model));
    const records = new RecordSet(new RecordStore(spool, basis?.sources));
    const earlier = basis ? await takeOver(basis, records) : [];
    const result = await change(records, { earlier, signal });
    const keepDuplicates = options.keepDuplicates ?? basis?.keepDuplicates ?? false;
    const assembled = await assemble(records, earlier, keepDuplicates);
    const withoutMap = !(options.corpusMap ?? !basis?.withoutMap);
    const hasMap = !withoutMap && assembled.papers.length >= MIN_MAPPED;
    const isSame =
      !assembled.changed &&
      engine.name === basis?.lexicalEngine &&
      keepDuplicates === basis.keepDuplicates &&
      withoutMap === basis.withoutMap &&
      hasMap === basis.hasMap;
    if (isSame) {
      // What an ingest left that was killed when it had just made the snapshot current.
      await removeStale(index, basis.name, basis.name);
      return { index, snapshot: basis.name, assembled, encoded: 0, result };
    }

    const journal = await VectorJournal.open(index, encoder.model.dimension);
    let published = false;
    try {
      const { papers, recordsOf, unchanged } = assembled;
      const tools = { encoder, engine, journal, onProgress, signal };
      const built = await build(papers, previous, unchanged, tools);
      const { vectorOf, encoded, lexical, attributes, positions } = built;
      signal.throwIfAborted();
      const { dimension } = encoder.model;
      const codes = await codesOf(papers.length, dimension, vectorOf);
      const map = hasMap
        ? await mapOf(papers, codes, dimension, basis && { previous: basis, positions }, onProgress, signal)
        : undefined;
      signal.throwIfAborted();
      onProgress({ stage: 'writing' });
      const content = {
        papers,
        recordsOf,
        keepDuplicates,
        vectorOf,
        codes,
        lexical: lexical.serialize(),
        lexicalEngine: engine.name,
        attributes,
        map,
        withoutMap,
        model: encoder.model,
        tuning: tuningToKeep(basis, engine.name),
      };
      const snapshot = await publishSnapshot(index, content, VERSION, signal);
      published = true;
      await removeStale(index, snapshot, previous?.name);
      return { index, snapshot, assembled, encoded, result };
    } finally {
      await journal.close(published);
    }
  } catch (error) {
    throw await asFailedChange(error, index, before);
  } finally {
    previous?.close();
    spool.close();
    if (!options.encoder) await encoder.close();
    await unlock();
  }
}

/** Weights stay when papers come; those of one keyword engine say nothing of another. */
function tuningToKeep(basis: Previous | undefined, engine: string): Tuning | undefined {
  return basis?.lexicalEngine === engine ? basis.tuning : undefined;
}

/** Puts the records of a snapshot into a set. @returns its papers. */
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
