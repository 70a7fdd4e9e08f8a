/** The version of a server. OpenSearch 2 scores BM25 with the factor (k1 + 1), OpenSearch 3 without it. */
export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  /** As the server writes it, e.g. "2.19.6". */
  readonly number: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as newline-delimited JSON, instead of a body. A string is one line that is JSON already. */
  readonly lines?: readonly unknown[] | undefined;
  /** How long one node may take, in milliseconds. Default: `ClusterOptions.timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the request may be sent again after a failure that leaves open whether it was carried out. Default: true for
   * GET, HEAD, PUT and DELETE (but not for `_create`), and for `_search`, `_msearch`, `_mget`, `_count`, `_refresh`,
   * `_flush`, `_analyze` and `_validate`. A request that no node has received is always sent again.
   */
  readonly idempotent?: boolean | undefined;
}

/** The body of a search. `filter_path` must not hide `_shards` and `timed_out`, which are checked. */
export interface SearchBody extends Readonly<Record<string, unknown>> {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly size?: number;
  readonly from?: number;
  /** Default: true, so totals are exact. */
  readonly track_total_hits?: boolean | number;
}

export interface SearchHit<T> {
  readonly _index: string;
  readonly _id: string;
  readonly _score: number | null;
  readonly _version?: number;
  readonly _source: T;
  readonly fields?: Readonly<Record<string, readonly unknown[]>>;
  /** Where the next page starts (`search_after`), if the body has a `sort`. */
  readonly sort?: readonly (string | number | null)[];
  readonly matched_queries?: readonly string[];
}

/** A search's answer, of all shards: one that lacks a shard is an error instead. */
export interface SearchResult<T> {
  /** Milliseconds. */
  readonly took: number;
  readonly hits: {
    /** Absent when the body says `track_total_hits: false`. */
    readonly total?: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly max_score: number | null;
    readonly hits: readonly SearchHit<T>[];
  };
  // biome-ignore lint/suspicious/noExplicitAny: the type of an aggregation depends on the request.
  readonly aggregations?: Readonly<Record<string, any>>;
}

export interface SearchOptions {
  readonly signal?: AbortSignal | undefined;
  /** A text that sends equal searches to the same copies of shards, e.g. the id of a snapshot. */
  readonly preference?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * A connection to a cluster. All methods throw
 * - CLUSTER_UNAVAILABLE when no node answers, a node answers 429, 502, 503 or 504, there is no cluster manager, or an
 *   answer is not of all shards;
 * - CLUSTER_REFUSED when the cluster refuses the user, or its certificate is not accepted;
 * - INDEX_UNWRITABLE when the cluster blocks changes of an index: the disk is full, or the index is read-only;
 * - a `ClusterResponseError` for any other answer, such as 400, 404 or 409, which callers can handle;
 * - the signal's reason when it is aborted.
 */
export interface ClusterClient {
  readonly version: ServerVersion;
  /**
   * One request.
   * @param path begins with "/"; parts of it are percent-encoded.
   * @returns the body of the answer; for HEAD, whether the thing exists.
   */
  request<T>(method: Method, path: string, options?: RequestOptions): Promise<T>;
  /**
   * A search over all shards of an index or alias. It uses the statistics of all shards (`dfs_query_then_fetch`),
   * unless its size is 0: then nothing is scored.
   * @throws PaperSearchError CLUSTER_UNAVAILABLE also when a shard failed or the search timed out: an answer is whole or
   *   an error.
   */
  search<T>(index: string, body: SearchBody, options?: SearchOptions): Promise<SearchResult<T>>;
  /** Several searches in one round trip, in their order. Each is checked as `search` checks one. */
  searchAll(
    requests: readonly { readonly index: string; readonly body: SearchBody }[],
    options?: SearchOptions,
  ): Promise<SearchResult<unknown>[]>;
  /** Waits for the requests that run, and closes all connections. */
  close(): Promise<void>;
}
