import type { Encoder } from '../encode/encoder.ts';
import { fieldArrays, packFields } from '../indexes/fields/build.ts';
import type { KeywordEngine, KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import type { VectorJournal } from '../indexes/store/vector-journal.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { type LinkReport, linkReport } from './links.ts';
import { type Previous, positionsBefore, reusable } from './previous.ts';
import type { IngestProgress } from './report.ts';
import { type SentenceVectors, sentenceVectorsOf } from './sentence-vectors.ts';
import { type PaperVectors, vectorsOf } from './vectors.ts';

export interface BuildTools {
  readonly encoder: Encoder;
  readonly engine: KeywordEngine;
  /** Whether the keyword index is made again, also where texts are unchanged. */
  readonly rewrite: boolean;
  /** Whether sentences get vectors, too. */
  readonly sentences: boolean;
  /** Takes the new vectors; the caller closes it. */
  readonly journal: VectorJournal;
  readonly onProgress: (progress: IngestProgress) => void;
  readonly signal: AbortSignal;
}

/** What `build` returns. */
export interface Built extends PaperVectors {
  readonly keywordIndex: KeywordIndex;
  readonly fields: Uint8Array[];
  readonly links: LinkReport;
  /** Undefined unless they are wanted. */
  readonly sentencesOf: SentenceVectors['sentencesOf'] | undefined;
  /** Position in the previous snapshot of each paper whose text is unchanged; -1 for the others. */
  readonly positions: Int32Array;
}

/**
 * Builds the vectors, the keyword index and the fields of papers in parallel: this process indexes while the encoder's
 * process encodes, so an ingest takes only as long as the encoder.
 * @param unchanged position in `previous` of each paper that is known to be unchanged; -1 for the others.
 */
export async function build(
  papers: PaperSequence,
  previous: Previous | undefined,
  unchanged: Int32Array,
  { encoder, engine, rewrite, sentences, journal, onProgress, signal }: BuildTools,
): Promise<Built> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let encoding = true;
  let indexed = 0;
  const reportIndexed = (done: number, total: number) => {
    indexed = done;
    // Only the progress of the slower of the two is reported.
    if (!encoding) onProgress({ stage: 'indexing', done, total });
  };
  const reportEncoded = (done: number, total: number) => onProgress({ stage: 'encoding', done, total });
  const reportSentences = (done: number, total: number) =>
    onProgress({ stage: 'encoding-sentences', done, total });
  const positions = previous ? await positionsBefore(previous, papers, unchanged) : unchanged;
  const reuse = previous && !rewrite ? reusable(previous, engine, positions) : undefined;
  const encode = async () => {
    const options = { onRetry: () => onProgress({ stage: 'replacing-encoder' }), signal: either };
    const tools = [papers, positions, encoder, previous, journal] as const;
    const made = await vectorsOf(...tools, { ...options, onProgress: reportEncoded });
    const ofSentences = sentences
      ? await sentenceVectorsOf(...tools, { ...options, onProgress: reportSentences })
      : undefined;
    encoding = false;
    reportIndexed(indexed, papers.length);
    const encoded = made.encoded + (ofSentences?.encoded ?? 0);
    return { ...made, encoded, sentencesOf: ofSentences?.sentencesOf };
  };
  const vectors = encode();
  const keywordIndex = engine.build(papers, { onProgress: reportIndexed, reuse, signal: either });
  const fields = fieldArrays(papers, either);
  try {
    const [made, index, arrays] = await Promise.all([vectors, keywordIndex, fields]);
    return {
      ...made,
      keywordIndex: index,
      fields: packFields(arrays),
      links: linkReport(papers, arrays),
      positions,
    };
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled([vectors, keywordIndex, fields]);
    throw error;
  }
}
