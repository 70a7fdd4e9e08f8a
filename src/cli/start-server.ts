import type { Logger } from 'pino';
import { Collections } from '../collections/collections.ts';
import { CollectionStore } from '../collections/store.ts';
import { withSnapshot } from '../search/engine.ts';
import type { Access } from '../serve/access/access.ts';
import { DEFAULT_RATE } from '../serve/http/rate-limit.ts';
import { isLoopback, type RunningServer, serve } from '../serve/http/serve.ts';
import type { LiveIndex } from './live-index.ts';
import { logError, logExchange } from './log.ts';

export interface StartOptions {
  readonly live: LiveIndex;
  /** Folder of the index, where collections are kept. */
  readonly index: string;
  readonly log: Logger;
  readonly host: string;
  readonly port: number;
  /** Who may change what. */
  readonly access: Access;
  /** Requests per minute, 0 for no limit. Default: see `rateOf`. */
  readonly rateLimit?: number | undefined;
  readonly trustProxy?: number | readonly string[] | undefined;
  readonly cors?: readonly string[] | undefined;
  /** Default: see `hostsOf`. */
  readonly allowHost?: readonly string[] | undefined;
  readonly logQueries?: boolean | undefined;
  /** Folders to name in the log. */
  readonly watch?: readonly string[] | undefined;
}

/** Serves an index that may change, and logs requests. @throws what `serve` throws. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { live, index, log, host, port, access, trustProxy, cors, logQueries = false, watch } = options;
  const { engine, writer, encoders, cache } = live;
  const rateLimit = rateOf(options);
  const allowedHosts = hostsOf(options);
  const server = await serve({
    engine,
    writing: { writer },
    access,
    collections: new Collections(new CollectionStore(index, { onNotice: (text) => log.warn(text) })),
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
  const { papers, snapshot } = await withSnapshot(engine, (held) => held.stats());
  const enabled = {
    snapshot,
    changes: (await access.hasTokens()) ? 'with a token' : 'off',
    reading: access.isPrivate ? 'with a token' : 'open',
    rateLimit: rateLimit ?? 'off',
    trustProxy: trustProxy ?? 'off',
    cors: cors ?? 'off',
    allowedHosts: allowedHosts ? ['localhost', ...allowedHosts] : 'any',
    watch: watch ?? 'off',
    logQueries,
  };
  log.info(enabled, `Serving ${papers} papers at ${server.url}`);
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
