import type { Encoder } from '../encode/encoder.ts';
import { type ModelRanking, rankingOf } from '../encode/model-info.ts';
import { AnswerCache } from '../search/answer-cache.ts';
import type { DeadlineAfter } from '../search/rerank/rerank.ts';
import { type Rerankers, SnapshotRerankers } from '../search/rerank/rerankers.ts';
import { type EncodedSentences, encodedSentences, SentenceFinder } from '../search/rerank/sentences.ts';
import { SharedCache } from '../search/shared-cache.ts';
import type { ClusterClient } from './client/cluster-client.ts';
import type { SnapshotMeta } from './current-snapshot.ts';
import { ClusterLookups, type Lookups } from './search/lookups.ts';
import { PaperCache } from './search/paper-cache.ts';

/** What the functions of this room read: one snapshot of a corpus, for one holder. */
export interface ClusterCorpus {
  readonly client: ClusterClient;
  /** The concrete index, never an alias: the id of the snapshot. */
  readonly index: string;
  readonly meta: SnapshotMeta;
  /** How papers are ranked by the model of the corpus. */
  readonly ranking: ModelRanking;
  readonly lookups: Lookups;
  /** Papers of the snapshot that were read before. */
  readonly cache: PaperCache;
  /** As in `ClusterTools`. */
  readonly candidateSizes: readonly CandidateSize[] | undefined;
  readonly sentences: SentenceFinder;
  readonly rerankers: SnapshotRerankers;
  /** Aborts when the client no longer waits for the answer. */
  readonly signal: AbortSignal | undefined;
  /** The vector of a query, L2-normalised. @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED. */
  readonly encode: (text: string) => Promise<Float32Array>;
}

/** How many papers of each list are candidates, and for how many places of a ranking they are enough. */
export interface CandidateSize {
  readonly size: number;
  readonly places: number;
}

/** What a snapshot is searched with, besides the cluster. */
export interface ClusterTools {
  /** Of the model of the corpus. */
  readonly encoder: Encoder;
  /** Besides the comparison of sentences. */
  readonly rerankers: Rerankers;
  /** When the time budget of a reranker ends. Default: by the clock. */
  readonly deadlineAfter?: DeadlineAfter | undefined;
  /** Called at every search with whether its answer was cached. */
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
  /** How many papers of each list are candidates, ascending: as few as a page needs. Default: from 250 to 10,000. */
  readonly candidateSizes?: readonly CandidateSize[] | undefined;
}

/** Cached vectors of queries: some megabytes. */
const MAX_QUERY_VECTORS = 2000;

/** A snapshot of a corpus with its caches, shared by all holders. */
export class OpenedClusterSnapshot {
  readonly index: string;
  readonly meta: SnapshotMeta;
  readonly answers: AnswerCache;
  readonly #client: ClusterClient;
  readonly #encoder: Encoder;
  readonly #lookups: Lookups;
  readonly #cache: PaperCache;
  readonly #rerankers: SnapshotRerankers;
  readonly #candidateSizes: readonly CandidateSize[] | undefined;
  readonly #sentences: EncodedSentences = encodedSentences();
  readonly #queryVectors = new SharedCache<Float32Array>(MAX_QUERY_VECTORS);

  /** @param index the concrete index. @param meta of it. @param tools closed by the caller, as the client is. */
  constructor(client: ClusterClient, index: string, meta: SnapshotMeta, tools: ClusterTools) {
    this.index = index;
    this.meta = meta;
    this.#client = client;
    this.#encoder = tools.encoder;
    this.#lookups = new ClusterLookups(client, index);
    this.#cache = new PaperCache(client, index, meta.model.dimension);
    this.#rerankers = new SnapshotRerankers(tools.rerankers, tools.deadlineAfter);
    this.#candidateSizes = tools.candidateSizes;
    this.answers = new AnswerCache(tools.onCacheLookup);
  }

  /** For one holder. @param signal passed to the encoder with every text. */
  corpusFor(signal: AbortSignal | undefined): ClusterCorpus {
    const encoder: Encoder = {
      model: this.#encoder.model,
      encode: (texts, options) => this.#encoder.encode(texts, { ...options, signal }),
      close: async () => {},
    };
    return {
      client: this.#client,
      index: this.index,
      meta: this.meta,
      ranking: rankingOf(this.meta.model),
      lookups: this.#lookups,
      cache: this.#cache,
      candidateSizes: this.#candidateSizes,
      sentences: new SentenceFinder(encoder, this.#sentences),
      rerankers: this.#rerankers,
      signal,
      encode: (text) => this.#queryVectors.get(text, () => encoder.encode([text])),
    };
  }

  async warmUp(): Promise<void> {
    await this.#encoder.encode(['warm up']);
  }
}
