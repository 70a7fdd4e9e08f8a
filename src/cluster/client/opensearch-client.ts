import { setImmediate } from 'node:timers/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { sleep } from '../../util/pause.ts';
import { errorOfAnswer, isPassing, readErrorAnswer } from './answer-error.ts';
import { describeCertificateError, isCertificateError } from './certificate.ts';
import type {
  ClusterClient,
  Method,
  RequestOptions,
  SearchBody,
  SearchOptions,
  SearchResult,
  ServerVersion,
} from './cluster-client.ts';
import type { Access } from './options.ts';
import type { ConnectionFailure, Loaded } from './package.ts';
import { wholeResult } from './whole-result.ts';

/** Requests by POST that change nothing, or the same when they are repeated. */
const REPEATABLE = /\/_(?:search|msearch|mget|count|refresh|flush|analyze|validate)\b/;
/** Failures before the request has left this machine. */
const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
]);
/** First pause before a request is sent again to a node that has refused it, in milliseconds. It doubles up to the last. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 2_000;
/** Time beyond the client's own timeout, which does not see an answer that stops in its middle. */
const GRACE_MS = 1_000;

/** Why an attempt failed, and whether another one may succeed. */
interface Failure {
  readonly error: PaperSearchError | (() => Promise<PaperSearchError>);
  /** `always`: the request was not carried out. `repeatable`: perhaps it was. */
  readonly again: 'always' | 'repeatable' | 'never';
  /** Whether only this node has failed, so that the next can be asked at once. */
  readonly isOfNode: boolean;
}

/** A `ClusterClient` over the client of npm, of which only the transport is used. */
export class OpenSearchClient implements ClusterClient {
  readonly #loaded: Loaded;
  readonly #access: Access;
  readonly #running = new Set<() => void>();
  #version: ServerVersion | undefined;
  #isClosed = false;

  constructor(loaded: Loaded, access: Access) {
    this.#loaded = loaded;
    this.#access = access;
  }

  get version(): ServerVersion {
    if (!this.#version) throw new Error('The version of the cluster was not asked for.');
    return this.#version;
  }

  /** Called once, by `connect`. */
  set version(version: ServerVersion) {
    this.#version = version;
  }

  async request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const isRepeatable = options.idempotent ?? isIdempotent(method, path, options.query);
    for (let attempt = 0; ; attempt++) {
      options.signal?.throwIfAborted();
      const outcome = await this.#attempt(method, path, options);
      if ('body' in outcome) return outcome.body as T;
      const { error, again, isOfNode } = outcome.failure;
      const isWorthwhile = again === 'always' || (again === 'repeatable' && isRepeatable);
      if (!isWorthwhile || attempt >= this.#access.retries) {
        throw typeof error === 'function' ? await error() : error;
      }
      // Once every node has failed, they need time.
      if (!isOfNode || attempt >= this.#access.nodes.length - 1) {
        const pause = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
        await sleep(pause * (0.5 + Math.random() / 2), options.signal);
      }
    }
  }

  async search<T>(index: string, body: SearchBody, options: SearchOptions = {}): Promise<SearchResult<T>> {
    const path = `/${encodeURIComponent(index)}/_search`;
    const { preference, signal, timeoutMs } = options;
    const answer = await this.request('POST', path, {
      query: { ...wholeOf(body), ...(preference !== undefined && { preference }) },
      body: withTotals(body),
      signal,
      timeoutMs,
    });
    return wholeResult<T>(answer, `a search of ${index}`);
  }

  async searchAll(
    requests: readonly { readonly index: string; readonly body: SearchBody }[],
    options: SearchOptions = {},
  ): Promise<SearchResult<unknown>[]> {
    if (requests.length === 0) return [];
    const { preference, signal, timeoutMs } = options;
    const lines = requests.flatMap(({ index, body }) => [
      { index, ...wholeOf(body), ...(preference !== undefined && { preference }) },
      withTotals(body),
    ]);
    const { responses } = await this.request<{ responses?: readonly unknown[] }>('POST', '/_msearch', {
      lines,
      signal,
      timeoutMs,
    });
    if (responses?.length !== requests.length) {
      throw new PaperSearchError(
        'CLUSTER_FAILED',
        `The cluster answered ${responses?.length ?? 0} of ${requests.length} searches.`,
      );
    }
    return responses.map((answer, n) => wholeResult(answer, `a search of ${requests[n]!.index}`));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const stop of this.#running) stop();
    // The package waits a second for requests that have not ended, so they get the chance to end.
    await setImmediate();
    await this.#loaded.client.close();
  }

  /** Sends a request to one node. @throws the signal's reason, or STOPPED when the client is closed. */
  async #attempt(
    method: Method,
    path: string,
    { query, body, lines, signal, timeoutMs = this.#access.timeoutMs }: RequestOptions,
  ): Promise<{ readonly body: unknown } | { readonly failure: Failure }> {
    const stopped = () => new PaperSearchError('STOPPED', 'The connection to the cluster was closed.');
    if (this.#isClosed) throw stopped();
    const sent = this.#loaded.client.transport.request(
      {
        method,
        path,
        ...(query && { querystring: { ...query } }),
        ...(body !== undefined && { body: body as Record<string, unknown> }),
        ...(lines && { bulkBody: lines as Record<string, unknown>[] }),
      },
      { requestTimeout: timeoutMs },
    );
    let end!: (reason: unknown) => void;
    const ended = new Promise<never>((_resolve, reject) => {
      end = (reason) => {
        reject(reason);
        sent.abort();
      };
    });
    const onAbort = () => end(signal!.reason);
    const onClose = () => end(stopped());
    const timer = setTimeout(() => end(new TooLate()), timeoutMs + GRACE_MS);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#running.add(onClose);
    try {
      const answer = await Promise.race([sent, ended]);
      return { body: answer.body };
    } catch (thrown) {
      // The reason of the signal, or of closing.
      if (signal?.aborted && thrown === signal.reason) throw thrown;
      if (thrown instanceof PaperSearchError) throw thrown;
      return { failure: this.#failureOf(thrown, `${method} ${path}`, timeoutMs) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      this.#running.delete(onClose);
      // An aborted request still rejects.
      sent.catch(() => {});
    }
  }

  #failureOf(thrown: unknown, request: string, timeoutMs: number): Failure {
    const { name, meta } = thrown as { name?: string; meta?: Meta };
    const id = meta?.meta?.connection?.id;
    const host = id === undefined ? 'a node' : new URL(id).host;
    if (name === 'ResponseError') {
      const answer = readErrorAnswer(meta!.statusCode!, meta!.body);
      const again = isPassing(answer) ? (answer.status === 429 ? 'always' : 'repeatable') : 'never';
      return { error: errorOfAnswer(answer, request), again, isOfNode: answer.status !== 429 };
    }
    if (name === 'TimeoutError' || thrown instanceof TooLate) {
      const error = unavailable(`${host} did not answer ${request} within ${timeoutMs} ms.`, thrown);
      return { error, again: 'repeatable', isOfNode: true };
    }
    if (name === 'ConnectionError' && id !== undefined) {
      return this.#connectionFailure(thrown, this.#loaded.failureOf(id), host);
    }
    if (name === 'DeserializationError') {
      const message = `${host} answered ${request} with text that is not JSON: ${messageOf(thrown)}`;
      const error = new PaperSearchError('CLUSTER_FAILED', message, { cause: thrown });
      return { error, again: 'never', isOfNode: true };
    }
    if (name === 'NoLivingConnectionsError' || name === 'ConnectionError') {
      const error = unavailable(`No node answers ${request}: ${messageOf(thrown)}`, thrown);
      return { error, again: 'always', isOfNode: false };
    }
    throw thrown;
  }

  #connectionFailure(thrown: unknown, failure: ConnectionFailure | undefined, host: string): Failure {
    const code = failure?.code;
    if (failure && code !== undefined && isCertificateError(code)) {
      const error = async () =>
        new PaperSearchError(
          'CLUSTER_REFUSED',
          await describeCertificateError(failure.url, code, failure.message),
          { details: { node: host, code }, cause: thrown },
        );
      return { error, again: 'always', isOfNode: true };
    }
    const isPlain = failure?.url.protocol === 'http:';
    const hint = code === 'EPROTO' && !isPlain ? ' The node may expect http:// instead of https://.' : '';
    const hang = code === 'ECONNRESET' && isPlain ? ' The node may expect https:// instead of http://.' : '';
    const error = unavailable(
      `The node ${host} cannot be reached: ${failure?.message ?? messageOf(thrown)}.${hint}${hang}`,
      thrown,
      { node: host, ...(code !== undefined && { code }) },
    );
    return {
      error,
      again: code !== undefined && NOT_SENT.has(code) ? 'always' : 'repeatable',
      isOfNode: true,
    };
  }
}

/** The time of one attempt is over. */
class TooLate extends Error {}

/** What the package adds to its errors: the answer, and how it was asked for. */
interface Meta {
  readonly statusCode?: number | null;
  readonly body?: unknown;
  readonly meta?: { readonly connection?: { readonly id: string } };
}

/**
 * The parameters that make an answer whole, and its scores those of one index. A count has no scores: without the statistics
 * of all shards it takes one round less, and shards keep its answer.
 */
function wholeOf({ size }: SearchBody) {
  const search_type = size === 0 ? 'query_then_fetch' : 'dfs_query_then_fetch';
  return { search_type, allow_partial_search_results: false } as const;
}

function withTotals(body: SearchBody): SearchBody {
  return { track_total_hits: true, ...body };
}

function isIdempotent(method: Method, path: string, query: RequestOptions['query']): boolean {
  if (/\/_create\b/.test(path) || query?.op_type === 'create') return false;
  return method === 'POST' ? REPEATABLE.test(path) : true;
}

function unavailable(message: string, cause: unknown, details?: Record<string, unknown>): PaperSearchError {
  return new PaperSearchError('CLUSTER_UNAVAILABLE', message, { cause, ...(details && { details }) });
}
