import { PaperSearchError } from '../../errors.ts';
import { errorOfAnswer, readErrorAnswer } from './answer-error.ts';
import type { SearchResult } from './cluster-client.ts';

interface Answer<T> extends SearchResult<T> {
  readonly timed_out?: boolean;
  readonly status?: number;
  readonly error?: unknown;
  readonly _shards?: {
    readonly total: number;
    readonly failed: number;
    readonly failures?: readonly { readonly reason?: { readonly type?: string; readonly reason?: string } }[];
  };
}

/**
 * The answer of a search, if it is of all shards.
 * @param request such as "a search of papers", for messages.
 * @throws PaperSearchError CLUSTER_UNAVAILABLE when a shard failed or the time was too short; otherwise the error that
 *   one of several searches was answered with.
 */
export function wholeResult<T>(answer: unknown, request: string): SearchResult<T> {
  const found = answer as Answer<T>;
  if (found.error !== undefined) throw errorOfAnswer(readErrorAnswer(found.status ?? 500, answer), request);
  const { _shards: shards, timed_out: timedOut } = found;
  if (shards === undefined || timedOut === undefined || found.hits === undefined) {
    throw new PaperSearchError(
      'CLUSTER_FAILED',
      `The answer to ${request} is not that of a search: it has no _shards, timed_out or hits.`,
    );
  }
  if (timedOut) throw partial(request, 'it timed out');
  if (shards.failed > 0) {
    const cause = shards.failures?.[0]?.reason;
    const why = cause ? `: ${cause.reason ?? ''} (${cause.type ?? 'unknown'})` : '';
    throw partial(request, `${shards.failed} of ${shards.total} shards failed${why}`);
  }
  return found;
}

function partial(request: string, why: string): PaperSearchError {
  const message = `The cluster has only a part of the answer to ${request}: ${why}. Try again in a few seconds; if it lasts, GET /_cluster/allocation/explain says what is wrong.`;
  return new PaperSearchError('CLUSTER_UNAVAILABLE', message, { details: { request } });
}
