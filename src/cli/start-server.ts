import type { Logger } from 'pino';
import { withSnapshot } from '../search/engine.ts';
import { DEFAULT_RATE } from '../serve/http/rate-limit.ts';
import { isLoopback, type RunningServer, serve } from '../serve/http/serve.ts';
import type { EncoderQueues } from '../serve/live/encoder-queues.ts';
import { logError, logExchange } from './log.ts';
import type { ServedLibrary } from './served-library.ts';

export interface StartOptions {
  /** The default one first. */
  readonly libraries: readonly [ServedLibrary, ...ServedLibrary[]];
  /** What waits for the models. */
  readonly encoders: EncoderQueues;
  /** Searches answered from the caches, and those that were not. */
  readonly cache: { readonly hits: number; readonly misses: number };
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  /** Requests per minute, 0 for no limit. Default: see `rateOf`. */
  readonly rateLimit?: number | undefined;
  readonly trustProxy?: number | readonly string[] | undefined;
  readonly cors?: readonly string[] | undefined;
  /** Default: see `hostsOf`. */
  readonly allowHost?: readonly string[] | undefined;
  readonly logQueries?: boolean | undefined;
  /** Where papers that clients ask for are fetched into. Default: nothing is fetched. */
  readonly fetchInto?: string | undefined;
  /** Folders to name in the log. */
  readonly watch?: readonly string[] | undefined;
}

/** Serves libraries that may change, and logs requests. @throws what `serve` throws. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const {
    libraries,
    encoders,
    cache,
    log,
    host,
    port,
    trustProxy,
    cors,
    logQueries = false,
    watch,
    fetchInto,
  } = options;
  const [first, ...others] = libraries;
  const rateLimit = rateOf(options);
  const allowedHosts = hostsOf(options);
  const server = await serve({
    ...first,
    others,
    host,
    port,
    rateLimit,
    trustProxy,
    cors,
    allowedHosts,
    log: (error, id) => logError(log, error, id),
    onExchange: (exchange) => logExchange(log, exchange, logQueries),
    engineStats: () => ({ encodes: encoders.stats(), cache }),
    modelError: () => encoders.lastError(),
  });
  const { papers, snapshot } = await withSnapshot(first.engine, (held) => held.stats());
  const hasTokens = await Promise.all(libraries.map(({ access }) => access.hasTokens()));
  const enabled = {
    ...(others.length > 0 && { libraries: libraries.map(({ name }) => name) }),
    snapshot,
    changes: hasTokens.includes(true) ? 'with a token' : 'off',
    reading: first.access.isPrivate ? 'with a token' : 'open',
    rateLimit: rateLimit ?? 'off',
    trustProxy: trustProxy ?? 'off',
    cors: cors ?? 'off',
    allowedHosts: allowedHosts ? ['localhost', ...allowedHosts] : 'any',
    watch: watch ?? 'off',
    fetching: fetchInto ?? 'off',
    logQueries,
  };
  const what =
    others.length > 0
      ? `${libraries.length} libraries, ${papers} papers in "${first.name}"`
      : `${papers} papers`;
  log.info(enabled, `Serving ${what} at ${server.url}`);
  if (rateLimit === undefined && !isLoopback(host)) {
    log.warn(`Other machines can reach ${server.url}, and requests are not limited: see --rate-limit`);
  }
  return server;
}

/**
 * The limit of requests per minute, undefined for no limit. Only this machine reaches a loopback address, unless a
 * proxy lets others in.
 */
export function rateOf({
  host,
  rateLimit,
  trustProxy,
}: Pick<StartOptions, 'host' | 'rateLimit' | 'trustProxy'>): number | undefined {
  const isOpen = !isLoopback(host) || trustProxy !== undefined;
  const rate = rateLimit ?? (isOpen ? DEFAULT_RATE : 0);
  return rate === 0 ? undefined : rate;
}

/**
 * The host names to accept besides addresses and `localhost`, undefined for any. A loopback address has no other name,
 * unless a proxy lets others in.
 */
export function hostsOf({
  host,
  allowHost,
  trustProxy,
}: Pick<StartOptions, 'host' | 'allowHost' | 'trustProxy'>): readonly string[] | undefined {
  return allowHost ?? (isLoopback(host) && trustProxy === undefined ? [] : undefined);
}
