import type { Encoder } from '../../encode/encoder.ts';
import type { ReadingOptions } from '../../ingest/read-records.ts';
import type { FullReport, IngestProgress } from '../../ingest/report.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import type { ClusterOptions } from '../client/options.ts';

/** How a corpus of a cluster is changed. */
export interface ClusterChangeOptions extends ClusterOptions {
  /** A connection to use instead of a new one; it stays open. */
  readonly client?: ClusterClient | undefined;
  /** Name of the corpus. */
  readonly corpus: string;
  /** Name of the model that encodes the papers. Default: that of the corpus; for a new one, the bundled model. */
  readonly model?: string | undefined;
  /** Default: the model in a separate process, closed at the end. One that is passed stays open. */
  readonly encoder?: Encoder | undefined;
  /** Primary shards of a new corpus. Default 3; an ingest into an existing corpus keeps those that it has. */
  readonly primaryShards?: number | undefined;
  /** Copies of each shard, from this snapshot on. Default: as the corpus has them; for a new one, 1. */
  readonly replicas?: number | undefined;
  /** Drop an unfinished change of other work instead of refusing to begin. Default false. */
  readonly discardUnfinished?: boolean | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Aborting leaves the corpus as it was; the same work continues from there when it is done again. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for another change of the corpus (milliseconds). Default 12,000. */
  readonly patienceMs?: number | undefined;
  /** After how long without a sign of life a worker counts as dead (milliseconds). Default 60,000. */
  readonly leaseMs?: number | undefined;
}

export interface ClusterIngestOptions extends ClusterChangeOptions, ReadingOptions {
  /** The part of the work that this process does, if several share it: number 1 to `of`. Default: all of it. */
  readonly shard?: { readonly number: number; readonly of: number } | undefined;
  /** Start from no papers instead of those in the corpus. Default false. */
  readonly rebuild?: boolean | undefined;
  /** Whether every record becomes a separate paper. Default: as the corpus has it; for a new one, false. */
  readonly keepDuplicates?: boolean | undefined;
  /** As `IngestOptions.replaceSource`. */
  readonly replaceSource?: boolean | undefined;
  /** As `IngestOptions.listMerges`. */
  readonly listMerges?: boolean | undefined;
  /** Records that are written at once. Default 256. */
  readonly batchSize?: number | undefined;
}

/** What an ingest into a cluster did. `index` is the name of the corpus, `snapshot` the index of its snapshot. */
export interface ClusterIngestReport extends FullReport {
  /**
   * Of an ingest that several workers share: the numbers of those that have not finished. Until they have, nothing is
   * published, and `snapshot` is the one that is being written.
   */
  readonly waitingFor?: readonly number[] | undefined;
}
