import type { Encoder } from '../encode/encoder.ts';
import { buildFields } from '../indexes/fields/build.ts';
import type { KeywordEngine, KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import type { VectorJournal } from '../indexes/store/vector-journal.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { type Previous, positionsBefore, reusable } from './previous.ts';
import type { IngestProgress } from './report.ts';
import { type PaperVectors, vectorsOf } from './vectors.ts';

export interface BuildTools {
  readonly encoder: Encoder;
  readonly engine: KeywordEngine;
  /** Takes the new vectors; the caller closes it. */
  readonly journal: VectorJournal;
  readonly onProgress: (progress: IngestProgress) => void;
  readonly signal: AbortSignal;
}

/** What `build` made of papers. */
export interface Built extends PaperVectors {
  readonly lexical: KeywordIndex;
  readonly fields: Uint8Array[];
  /** Position in the snapshot before of each paper whose text is as it was there; -1 for the others. */
  readonly positions: Int32Array;
}

/**
 * Vectors, keyword index and facts of papers, made side by side: while the encoder's process works, this one indexes,
 * so that an ingest takes as long as the encoder does.
 * @param unchanged position in `previous` of each paper that is known to be as it was there; -1 for the others.
 */
export async function build(
  papers: PaperSequence,
  previous: Previous | undefined,
  unchanged: Int32Array,
  { encoder, engine, journal, onProgress, signal }: BuildTools,
): Promise<Built> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let encoding = true;
  let indexed = 0;
  const tellIndexed = (done: number, total: number) => {
    indexed = done;
    // One thing at a time: how far the slower of the two has come.
    if (!encoding) onProgress({ stage: 'indexing', done, total });
  };
  const tellEncoded = (done: number, total: number) => onProgress({ stage: 'encoding', done, total });
  const positions = previous ? await positionsBefore(previous, papers, unchanged) : unchanged;
  const reuse = previous && reusable(previous, engine, positions);
  const vectors = vectorsOf(papers, positions, encoder, previous, journal, {
    onProgress: tellEncoded,
    onRetry: () => onProgress({ stage: 'replacing-encoder' }),
    signal: either,
  }).then((made) => {
    encoding = false;
    tellIndexed(indexed, papers.length);
    return made;
  });
  const lexical = engine.build(papers, { onProgress: tellIndexed, reuse, signal: either });
  const fields = buildFields(papers, either);
  try {
    const [made, index, facts] = await Promise.all([vectors, lexical, fields]);
    return { ...made, lexical: index, fields: facts, positions };
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled([vectors, lexical, fields]);
    throw error;
  }
}
