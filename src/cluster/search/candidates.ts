import type { Corpus } from '../../search/corpus.ts';
import type { ClusterCorpus } from '../cluster-corpus.ts';
import type { ClusterQuery } from './lookups.ts';

/** Papers that were chosen by the cluster, with what the stages of a search read of them. */
export interface Candidates {
  /**
   * The candidates as a corpus of their own, for the stages of `src/search/`: positions are places in `ids`, and all
   * statistics are those of the whole corpus. It reads papers that `load` was called for.
   */
  readonly corpus: Corpus;
  /** Ids of the papers, in the order of the index: the position of each in `corpus`. */
  readonly ids: readonly string[];
  /** Reads papers, so that `corpus.paperAt` has them. @param docs positions. Default: all. */
  load(docs?: Iterable<number>): Promise<void>;
}

/** How the cluster chooses candidates: the union of the lists. */
export interface CandidateLists {
  /** Queries whose best papers are candidates, each with how many. Each sorts by its own score. */
  readonly byWords?: readonly { readonly query: ClusterQuery; readonly size: number }[] | undefined;
  /** Vectors whose nearest papers are candidates, L2-normalised. */
  readonly byVectors?: readonly { readonly vector: Float32Array; readonly size: number }[] | undefined;
  /** The only papers that may be candidates. Default: all. */
  readonly filter?: ClusterQuery | undefined;
  /** Document ids of papers that are candidates anyway (`documentId`). */
  readonly documents?: readonly string[] | undefined;
}

/** Chooses candidates by one round trip, and reads their segments and vectors by another where they are not cached. */
export type ChooseCandidates = (lists: CandidateLists, cluster: ClusterCorpus) => Promise<Candidates>;
