import { join } from 'node:path';
import type { ModelInfo } from '../encode/model-info.ts';
import { messageOf, PaperSearchError } from '../errors.ts';
import { DEFAULT_KEYWORD_ENGINE, type KeywordEngineName } from '../indexes/keyword/engine-names.ts';
import { KEYWORD_ENGINES, keywordEngineOf } from '../indexes/keyword/engines.ts';
import type { KeywordEngine, Reuse } from '../indexes/keyword/keyword-index.ts';
import type { Arrivals } from '../indexes/store/arrivals.ts';
import { LAYOUT } from '../indexes/store/layout.ts';
import type { Artifact, MergeDecision, Tuning } from '../indexes/store/manifest.ts';
import type { PaperRecords } from '../indexes/store/paper-records.ts';
import type { StoredRecordFacts } from '../indexes/store/record-facts.ts';
import type { SentenceRows } from '../indexes/store/sentence-rows.ts';
import { openSnapshot, type Snapshot } from '../indexes/store/snapshot-reader.ts';
import type { SourceRecords } from '../indexes/store/source-records.ts';
import type { VectorRows } from '../indexes/store/vector-rows.ts';
import { CoarseMemory } from '../indexes/vectors/coarse-memory.ts';
import { CodeMemory, strideOf } from '../indexes/vectors/code-memory.ts';
import type { Paper, PaperSequence } from '../papers/paper.ts';
import { analysisLanguage } from '../text/languages.ts';
import { pause } from '../util/pause.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/** What an ingest reuses from the previous snapshot; read when it is needed. */
export interface Previous {
  readonly name: string;
  /** Its folder, and what the files in it are. */
  readonly folder: string;
  readonly artifacts: Readonly<Record<string, Artifact>>;
  /** Version of this program that wrote it. */
  readonly writtenBy: string;
  readonly model: ModelInfo;
  /** The form of the keyword index, as the manifest names it. */
  readonly keywordEngine: string;
  readKeywordIndex(): Uint8Array;
  /** The columns of the fields. Every call reads them again. */
  readFields(): Uint8Array;
  /** Weights fitted to this keyword engine and the corpus. */
  readonly tuning: Tuning | undefined;
  /** Whether records of one paper were kept separate. */
  readonly keepDuplicates: boolean;
  /** Whether the index is kept without a map. */
  readonly withoutMap: boolean;
  /** Real paths of source files by name, and decisions about pairs of records: see the manifest. */
  readonly sourcePaths: Readonly<Record<string, string>>;
  readonly decisions: readonly MergeDecision[];
  /** The map; undefined without one. Every call reads it again. */
  readMap(): Uint8Array | undefined;
  /** Likewise, the map that the next one continues, of an unfinished snapshot. */
  readEarlierMap(): Uint8Array | undefined;
  readonly hasMap: boolean;
  /** In the order of their ids. */
  readonly papers: PaperRecords;
  /** The source records that make each paper. */
  readonly sources: SourceRecords;
  /** What is known of the records without reading them. Every call reads it again; undefined where it is not there. */
  readRecordFacts(): StoredRecordFacts | undefined;
  /** When the papers came in and last changed. */
  readonly arrivals: Arrivals;
  readonly vectors: VectorRows;
  /** The vectors in 8 bits. Every call reads them again. */
  readCodes(): CodeMemory;
  /** Their coarse codes, or the basis of these alone; undefined without them. Every call reads them again. */
  readCoarseCodes(): CoarseMemory | undefined;
  /** Whether a paper has a vector. */
  readonly hasVector: (doc: number) => boolean;
  /** Whether it was published before all was encoded. */
  readonly isUnfinished: boolean;
  /** The vectors of sentences; undefined without them. */
  readonly sentences: SentenceRows | undefined;
  close(): void;
}

/**
 * Opens the current snapshot of an index, if there is one.
 * @param onUnreadable called with the reason for a snapshot that cannot be opened, which is then ignored. Default: that
 *   is an error.
 */
export async function openPrevious(
  index: string,
  onUnreadable?: (reason: string) => void,
): Promise<Previous | undefined> {
  try {
    const snapshot = await openSnapshot(index);
    const { name, manifest, papers, vectors, sentences } = snapshot;
    const readCodes = () => {
      const memory = new CodeMemory(papers.size, manifest.model.dimension);
      snapshot.readCodes(memory.image);
      return memory;
    };
    const readCoarseCodes = () => {
      if (!manifest.artifacts[LAYOUT.coarse]) return undefined;
      const memory = new CoarseMemory(papers.size, strideOf(manifest.model.dimension));
      const isRead = snapshot.readCoarseCodes(memory.image) || snapshot.readCoarseCodes(memory.basis);
      return isRead && memory.hasBasis ? memory : undefined;
    };
    return {
      name,
      folder: join(index, name),
      artifacts: manifest.artifacts,
      writtenBy: manifest.writtenBy,
      model: manifest.model,
      keywordEngine: manifest.lexicalEngine,
      readKeywordIndex: () => snapshot.readKeywordIndex(),
      readFields: () => snapshot.readFields(),
      tuning: manifest.tuning,
      keepDuplicates: manifest.keepDuplicates ?? false,
      withoutMap: manifest.withoutMap ?? false,
      sourcePaths: manifest.sourcePaths ?? {},
      decisions: manifest.decisions ?? [],
      readMap: () => snapshot.readMap(),
      readEarlierMap: () => snapshot.readEarlierMap(),
      hasMap: manifest.artifacts[LAYOUT.map] !== undefined,
      papers,
      sources: snapshot.readSources(),
      readRecordFacts: () => snapshot.readRecordFacts(),
      arrivals: snapshot.arrivals,
      vectors,
      readCodes,
      readCoarseCodes,
      hasVector: vectorsIn(snapshot, readCodes),
      isUnfinished: manifest.unfinished ?? false,
      sentences,
      close: () => snapshot.close(),
    };
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_MISSING') return undefined;
    if (!onUnreadable) throw error;
    onUnreadable(messageOf(error));
    return undefined;
  }
}

/** Which papers of a snapshot have a vector: those whose codes have a scale. */
function vectorsIn({ manifest }: Snapshot, readCodes: () => CodeMemory): (doc: number) => boolean {
  if (manifest.counts.withVector === undefined) return () => true;
  let scales: Float32Array | undefined;
  return (doc) => {
    // A copy: the codes need not stay in memory.
    scales ??= readCodes().scales.slice();
    return scales[doc] !== 0;
  };
}

/** The keyword engine that was asked for, else the one the index has. */
export function engineFor(
  name: KeywordEngineName | undefined,
  previous: Previous | undefined,
): KeywordEngine {
  if (name) return KEYWORD_ENGINES[name];
  const present = previous && keywordEngineOf(previous.keywordEngine);
  return present ?? KEYWORD_ENGINES[DEFAULT_KEYWORD_ENGINE];
}

/**
 * The positions in the previous snapshot of papers whose text did not change.
 * @param papers in the order of their ids. @param unchanged positions that are known, -1 for the others.
 * @returns one position per paper, ascending; -1 for a paper that is new or whose text has changed.
 */
export async function positionsBefore(
  previous: Previous,
  papers: PaperSequence,
  unchanged: Int32Array,
): Promise<Int32Array> {
  const positions = unchanged.slice();
  for (let doc = 0; doc < papers.length; doc++) {
    if (doc % YIELD_EVERY === 0) await pause();
    if (positions[doc]! >= 0) continue;
    const paper = papers.at(doc)!;
    const earlier = previous.papers.find(paper.id);
    if (earlier < 0) continue;
    const before = previous.papers.read(earlier);
    if (before.id === paper.id && indexedText(before) === indexedText(paper)) positions[doc] = earlier;
  }
  return positions;
}

/**
 * The keyword index of the previous snapshot, to be reused where texts are unchanged.
 * @param positions as `positionsBefore` returns them.
 * @returns undefined when the engine cannot read it, or no text is unchanged.
 */
export function reusable(
  previous: Previous,
  engine: KeywordEngine,
  positions: Int32Array,
): Reuse | undefined {
  if (previous.keywordEngine !== engine.name || positions.every((position) => position < 0)) return undefined;
  return { index: engine.load(previous.readKeywordIndex()), positions };
}

/** All text of a paper that is indexed for keyword search or encoded, and the language it is analysed in. */
function indexedText({ title, abstract, authors, keywords, venue, language }: Paper): string {
  return JSON.stringify([title, abstract, authors, keywords, venue, analysisLanguage(language)]);
}
