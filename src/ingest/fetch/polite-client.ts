import { messageOf, PaperSearchError } from '../../errors.ts';
import type { AllowedUrls } from './allowed-url.ts';
import { type Body, readBody } from './body.ts';
import type { Clock } from './clock.ts';
import { retryAfterMs } from './retry-after.ts';

export interface PoliteClientOptions {
  /** The service's name, for messages. */
  readonly title: string;
  readonly allowed: AllowedUrls;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Secret parts of these headers, which no message may contain. */
  readonly secrets: readonly string[];
  /** Pause between the end of a response and the next request (milliseconds). */
  readonly intervalMs: number;
  /** When the first request may go out (milliseconds since 1970). Default: at once. */
  readonly readyAt?: number | undefined;
  /** The longest that a complete response may take (milliseconds). */
  readonly timeoutMs: number;
  /** The longest content of a response (bytes, unpacked). */
  readonly maxBytes: number;
  readonly contentType: RegExp;
  /** What to do about a status, by its number. */
  readonly hints: Readonly<Record<number, string>>;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called before a pause for another try. */
  readonly onRetry: (waitMs: number, reason: string) => void;
}

/** What identifies the version of a page that is kept (RFC 9110, section 8.8). */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type Answer =
  | { readonly kind: 'content'; readonly body: Body; readonly validators: Validators }
  | { readonly kind: 'not-modified' }
  /** A retry would not help: `status` says why, `reason` what the service said and what to do. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** An attempt that failed for a temporary reason. */
interface Failure {
  readonly kind: 'failure';
  readonly reason: string;
  readonly status?: number;
  readonly retryAfterMs?: number | undefined;
}

const MAX_ATTEMPTS = 8;
const FIRST_BACKOFF_MS = 2000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** When a service asks for a longer pause, a later run tries again. */
const MAX_WAIT_MS = 15 * 60_000;
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Statuses of temporary failures. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const MAX_REPORTED = 200;

/** Sends requests to one service, one at a time, at its pace. */
export class PoliteClient {
  readonly #options: PoliteClientOptions;
  #readyAt: number;

  constructor(options: PoliteClientOptions) {
    this.#options = options;
    this.#readyAt = options.readyAt ?? 0;
  }

  /** When the service may be asked again (milliseconds since 1970). */
  get readyAt(): number {
    return this.#readyAt;
  }

  /**
   * Gets a page. Temporary failures (429, 5xx, broken connections, pages of another kind) are retried after the pause
   * that the service asks for, otherwise after one that doubles each time.
   * @param problem returns what is wrong with the content when a retry may help.
   * @throws PaperSearchError FETCH_FAILED when the tries are used up or the service asks for too long a pause,
   *   FETCH_REFUSED for a redirect to elsewhere; the signal's reason when it aborts.
   */
  async get(
    url: URL,
    validators: Validators,
    problem: (text: string) => string | undefined,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(url, validators, problem);
      if (outcome.kind !== 'failure') return outcome;
      const { clock, signal, onRetry } = this.#options;
      const waitMs = waitAfter(outcome, attempt, clock.random());
      if (attempt === MAX_ATTEMPTS || waitMs > MAX_WAIT_MS) throw this.#failed(outcome, waitMs);
      onRetry(waitMs, outcome.reason);
      await clock.sleep(waitMs, signal);
    }
  }

  async #attempt(
    url: URL,
    validators: Validators,
    problem: (text: string) => string | undefined,
  ): Promise<Answer | Failure> {
    const { timeoutMs, signal } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await this.#follow(
        url,
        validators,
        signal ? AbortSignal.any([signal, timeout]) : timeout,
      );
      const asked = validators.etag !== undefined || validators.lastModified !== undefined;
      return await this.#judge(response, asked, problem);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof PaperSearchError) throw error;
      if (timeout.aborted) return { kind: 'failure', reason: `no whole answer in ${timeoutMs / 1000} s` };
      // Node's "fetch failed" has the reason in its cause.
      const cause = error instanceof Error && error.cause ? `: ${messageOf(error.cause)}` : '';
      return { kind: 'failure', reason: `${messageOf(error)}${cause}` };
    }
  }

  /** The response at the end of the redirects, each of them paced and checked like the first request. */
  async #follow(start: URL, validators: Validators, signal: AbortSignal): Promise<Response> {
    const { allowed, clock } = this.#options;
    let url = allowed.resolve(start);
    for (let redirects = 0; ; redirects++) {
      await clock.sleep(Math.max(0, this.#readyAt - clock.now()), this.#options.signal);
      const headers: Record<string, string> = { ...this.#options.headers };
      if (validators.etag) headers['if-none-match'] = validators.etag;
      if (validators.lastModified) headers['if-modified-since'] = validators.lastModified;
      const response = await fetch(url, { headers, redirect: 'manual', signal }).finally(() => this.#rest());
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return response;
      await response.body?.cancel();
      if (redirects === MAX_REDIRECTS || !URL.canParse(location, url.href)) {
        throw new PaperSearchError('FETCH_REFUSED', `${this.#options.title} redirects without end.`);
      }
      url = allowed.resolve(new URL(location, url));
    }
  }

  async #judge(
    response: Response,
    asked: boolean,
    problem: (text: string) => string | undefined,
  ): Promise<Answer | Failure> {
    const { status, headers } = response;
    const { maxBytes, contentType, hints, clock } = this.#options;
    if (status === 304 && asked) return { kind: 'not-modified' };
    const body = await readBody(response, maxBytes);
    this.#rest();
    if (!body) {
      const reason = `its answer is longer than ${Math.round(maxBytes / 1e6)} MB`;
      return { kind: 'refused', status, reason };
    }
    if (status !== 200) {
      const said = this.#withoutSecrets(saidIn(body.text));
      const reason = said === '' ? `status ${status}` : `status ${status} (${said})`;
      if (PASSING.has(status)) {
        const wait = retryAfterMs(headers.get('retry-after'), clock.now());
        return { kind: 'failure', reason, status, retryAfterMs: wait };
      }
      return { kind: 'refused', status, reason: hints[status] ? `${reason}. ${hints[status]}` : reason };
    }
    const type = headers.get('content-type') ?? 'no content type';
    // A web page instead of data: an outage, a proxy, a sign-in.
    if (!contentType.test(type)) return { kind: 'failure', reason: `an answer of another kind (${type})` };
    const wrong = problem(body.text);
    if (wrong) return { kind: 'failure', reason: wrong };
    return {
      kind: 'content',
      body,
      validators: {
        etag: headers.get('etag') ?? undefined,
        lastModified: headers.get('last-modified') ?? undefined,
      },
    };
  }

  #rest(): void {
    this.#readyAt = this.#options.clock.now() + this.#options.intervalMs;
  }

  #withoutSecrets(text: string): string {
    return this.#options.secrets.reduce((kept, secret) => kept.replaceAll(secret, '…'), text);
  }

  #failed({ reason, status, retryAfterMs: asked }: Failure, waitMs: number): PaperSearchError {
    const { title, hints, clock } = this.#options;
    const when =
      asked !== undefined && waitMs > MAX_WAIT_MS
        ? `It accepts no requests until ${new Date(clock.now() + asked).toISOString().slice(0, 16)}Z.`
        : 'Try again later.';
    const hint = status === undefined ? undefined : hints[status];
    const message = [
      `${title} does not answer: ${reason}.`,
      ...(hint ? [`${hint}.`] : []),
      when,
      'The same command continues where it stopped.',
    ].join(' ');
    return new PaperSearchError('FETCH_FAILED', message, { details: { service: title, status } });
  }
}

/**
 * The pause before another try (milliseconds). The pause that the service asks for, plus up to a second;
 * otherwise it doubles, and half of it is random, so that many clients do not return at the same time.
 */
function waitAfter(failure: Failure, attempt: number, random: number): number {
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs + random * 1000;
  const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 1), MAX_BACKOFF_MS);
  return backoff * (0.5 + random / 2);
}

/** The message in the content of an error, in one line. */
function saidIn(text: string): string {
  let said = text;
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    said = [error, message].filter((part) => typeof part === 'string').join(': ') || text;
  } catch {
    // No JSON: the text itself.
  }
  const plain = said
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return plain.length > MAX_REPORTED ? `${plain.slice(0, MAX_REPORTED)}…` : plain;
}
