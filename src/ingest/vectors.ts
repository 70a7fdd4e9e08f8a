import { type Encoder, RETRIES_OF_LONG_TASKS, type TitledText } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { type VectorJournal, vectorKey } from '../indexes/store/vector-journal.ts';
import type { Paper, PaperSequence } from '../papers/paper.ts';
import { pause } from '../util/pause.ts';
import type { Progress } from '../util/progress.ts';
import type { Previous } from './previous.ts';

/** Texts handed to the encoder at once: what bounds memory. Between two such blocks it waits for an instant. */
const BLOCK = 2048;
/**
 * Papers between two pauses that let timers run (that of the ingest lock, for one). As many as where columns are made: the two
 * read the papers of a new index side by side, each once from disk.
 */
const YIELD_EVERY = 100;

export interface EncodingOptions {
  readonly onProgress: Progress;
  /** Called when texts are encoded again because their process died or stalled. */
  readonly onRetry?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The vectors of the previous snapshot. */
type EarlierVectors = Pick<Previous, 'vectors' | 'readCodes' | 'readCoarseCodes'>;

export interface PaperVectors {
  /** Texts that have to be encoded; the other vectors are there. */
  readonly missing: number;
  /** Encodes what is missing; to be called once. */
  encode(options: EncodingOptions): Promise<void>;
  /** The vectors of the previous snapshot that are reused; undefined where there is none to reuse. */
  readonly earlier: EarlierVectors | undefined;
  /** Position there of a paper's vector; -1 for one that is elsewhere. */
  rowOf(doc: number): number;
  /** Whether the vector of a paper is there. */
  has(doc: number): boolean;
  /** The vector of a paper that has one, L2-normalised, read from disk; valid until the next call. */
  vectorOf(doc: number): Float32Array;
}

/**
 * The vectors of papers: from the previous snapshot or an interrupted ingest where the text is the same, else
 * from the encoder. New vectors go into the journal as they arrive, and stay on disk.
 * @param positions of papers whose text is that of one in `previous`, where known; -1 for the others.
 * @param journal takes the new vectors and is read by `vectorOf`; the caller closes it.
 */
export async function vectorsOf(
  papers: PaperSequence,
  positions: Int32Array,
  encoder: Encoder,
  previous: Previous | undefined,
  journal: VectorJournal,
  signal?: AbortSignal,
): Promise<PaperVectors> {
  const { digest } = encoder.model;
  const earlier = previous?.model.digest === digest ? previous : undefined;
  const keyOf = (paper: Paper) => vectorKey(textOf(paper), digest);
  /** The row in the previous snapshot; for the other papers, the key in the journal. */
  const rows = new Int32Array(papers.length).fill(-1);
  const keys = new Map<number, string>();
  let known: Map<string, number> | undefined;
  for (let doc = 0; doc < papers.length; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    if (earlier && positions[doc]! >= 0 && earlier.hasVector(positions[doc]!)) {
      rows[doc] = positions[doc]!;
      continue;
    }
    known ??= earlier ? await vectorsByKey(earlier, positions, keyOf) : new Map();
    const key = keyOf(papers.at(doc)!);
    const row = known.get(key);
    if (row === undefined) keys.set(doc, key);
    else rows[doc] = row;
  }
  const missing = new Map<string, () => TitledText>();
  for (const [doc, key] of keys) if (!journal.has(key)) missing.set(key, () => textOf(papers.at(doc)!));
  return {
    missing: missing.size,
    earlier,
    rowOf: (doc) => rows[doc]!,
    encode: (options) => encodeMissing(missing, encoder, journal, options),
    has: (doc) => rows[doc]! >= 0 || journal.has(keys.get(doc)!),
    vectorOf: (doc) => (rows[doc]! >= 0 ? earlier!.vectors.read(rows[doc]!) : journal.read(keys.get(doc)!)),
  };
}

/** Encodes texts into a journal that lacks them. @param missing by key, each read when it is needed. */
export async function encodeMissing(
  missing: ReadonlyMap<string, () => TitledText>,
  encoder: Encoder,
  journal: VectorJournal,
  { onProgress, onRetry, signal }: EncodingOptions,
): Promise<void> {
  const entries = [...missing];
  for (let start = 0; start < entries.length; start += BLOCK) {
    const block = entries.slice(start, start + BLOCK);
    const texts = block.map(([, text]) => text());
    const onVector = (index: number, vector: Float32Array) => journal.append(block[index]![0], vector);
    const report = (done: number) => onProgress(start + done, entries.length);
    const encoded = encoder.encode(texts, {
      onProgress: report,
      onVector,
      onRetry,
      retries: RETRIES_OF_LONG_TASKS,
      signal,
    });
    await encoded.catch((error: unknown) => {
      // A failure after an abort is caused by the abort.
      signal?.throwIfAborted();
      throw error;
    });
  }
}

/** The rows of a snapshot by the keys of their texts, except rows that are reused by position. */
async function vectorsByKey(
  { papers, vectors, hasVector }: Previous,
  positions: Int32Array,
  keyOf: (paper: Paper) => string,
): Promise<Map<string, number>> {
  const isKept = new Uint8Array(papers.size);
  for (const position of positions) if (position >= 0) isKept[position] = 1;
  const rows = new Map<string, number>();
  for (let doc = 0; doc < papers.size; doc++) {
    if (doc % YIELD_EVERY === 0) await pause();
    if (isKept[doc] === 1 || !hasVector(doc)) continue;
    try {
      vectors.read(doc);
      rows.set(keyOf(papers.read(doc)), doc);
    } catch (error) {
      // A damaged paper is encoded again.
      if (!(error instanceof PaperSearchError)) throw error;
    }
  }
  return rows;
}

/** The text of a paper that is encoded. */
export function textOf({ title, abstract }: Paper): TitledText {
  return { title, body: abstract };
}
