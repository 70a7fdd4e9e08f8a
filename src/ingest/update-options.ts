import type { KeywordEngineName } from '../indexes/keyword/engine-names.ts';
import type { ModelChoice } from './choose-encoder.ts';
import type { IngestProgress } from './report.ts';

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
  /**
   * Whether nothing is published before all is encoded. Default false: the papers can be searched by words as soon as their
   * text is indexed, and the snapshots published meanwhile lack vectors.
   */
  readonly waitForVectors?: boolean | undefined;
  /**
   * Papers from which on the stored papers and vectors are not written again where few of them change: their files become
   * files of the new snapshot, and what is new is in later ones. Default: 50,000.
   */
  readonly keptFrom?: number | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Aborting stops the work and leaves the index as it is; the next ingest continues from there. */
  readonly signal?: AbortSignal | undefined;
}
