import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { messageOf, PaperSearchError } from '../../errors.ts';
import type { Clock } from '../../ingest/fetch/clock.ts';
import { retryAfterMs } from '../../ingest/fetch/retry-after.ts';
import { VERSION } from '../../version.ts';
import { expectPublicUrl, lookupPublic } from './public-address.ts';
import { DELIVERY_HEADER, SIGNATURE_HEADER, signatureOf, TIMESTAMP_HEADER } from './sign.ts';

export interface Post {
  readonly url: string;
  readonly secret: string;
  /** The same in every attempt, so that the receiver can ignore what it has already. */
  readonly delivery: string;
  /** JSON. */
  readonly body: string;
  /** Whether only https at a public address is allowed. */
  readonly publicOnly: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Resolves names where only public addresses are allowed. Default: the system's answers, checked. */
  readonly lookup?: LookupFunction | undefined;
}

const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 1000;
/** When the receiver asks for a longer pause, a later run sends the report again. */
const MAX_WAIT_MS = 60_000;
const TIMEOUT_MS = 30_000;
/** Statuses of temporary failures. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

interface Failure {
  readonly reason: string;
  /** Whether the next attempt may succeed. */
  readonly isPassing: boolean;
  readonly retryAfterMs?: number | undefined;
}

/**
 * Sends a report, signed, until it is accepted by a status of 200 to 299. Temporary failures are tried again after the
 * pause that the receiver asks for, otherwise after one that doubles each time. Redirects are not followed.
 * @throws PaperSearchError FETCH_FAILED when it was not accepted, FETCH_REFUSED for an address that is not allowed; the
 *   signal's reason when it aborts.
 */
export async function postReport(post: Post): Promise<void> {
  const url = new URL(post.url);
  if (post.publicOnly) expectPublicUrl(url);
  const { clock, signal } = post;
  for (let attempt = 1; ; attempt++) {
    const failure = await attemptOnce(url, post);
    if (!failure) return;
    const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + clock.random() / 2);
    const waitMs = failure.retryAfterMs ?? backoff;
    if (!failure.isPassing || attempt === MAX_ATTEMPTS || waitMs > MAX_WAIT_MS) {
      const message = `The webhook at ${url.host} did not accept the report: ${failure.reason}. The next run sends it again.`;
      throw new PaperSearchError('FETCH_FAILED', message, { details: { host: url.host } });
    }
    await clock.sleep(waitMs, signal);
  }
}

async function attemptOnce(url: URL, post: Post): Promise<Failure | undefined> {
  const { clock, signal } = post;
  signal?.throwIfAborted();
  try {
    const { status, retryAfter } = await send(url, post);
    if (status >= 200 && status < 300) return undefined;
    return {
      reason: `it answered with status ${status}`,
      isPassing: PASSING.has(status),
      retryAfterMs: retryAfterMs(retryAfter ?? null, clock.now()),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof PaperSearchError) throw error;
    return { reason: messageOf(error), isPassing: true };
  }
}

function send(
  url: URL,
  { secret, delivery, body, publicOnly, clock, signal, lookup = lookupPublic }: Post,
): Promise<{ status: number; retryAfter: string | undefined }> {
  const timestamp = Math.floor(clock.now() / 1000);
  const bytes = Buffer.from(body);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const options = {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': bytes.length,
      'User-Agent': `paper-search/${VERSION}`,
      [DELIVERY_HEADER]: delivery,
      [TIMESTAMP_HEADER]: String(timestamp),
      [SIGNATURE_HEADER]: signatureOf(secret, timestamp, body),
    },
    // A connection of another request could lead to an address that was not checked.
    agent: false as const,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(publicOnly && { lookup }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      // What the receiver says is of no use; it must not keep the connection open.
      response.destroy();
    });
    request.on('error', (error) =>
      reject(timeout.aborted ? new Error(`no answer in ${TIMEOUT_MS / 1000} s`) : error),
    );
    request.end(bytes);
  });
}
