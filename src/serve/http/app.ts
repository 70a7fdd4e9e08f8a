import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Collections } from '../../collections/collections.ts';
import { PaperSearchError } from '../../errors.ts';
import type { Engine } from '../../search/engine.ts';
import type { Access } from '../access/access.ts';
import { Admission } from './admission.ts';
import { expectHost } from './allowed-hosts.ts';
import { apiOperations } from './api.ts';
import { authorization } from './authorize.ts';
import { allowOrigins } from './cross-origin.ts';
import { errorHandler, type LogError, notFound } from './errors.ts';
import { type Exchange, observed, routed } from './exchange.ts';
import { alwaysRevalidate } from './freshness.ts';
import { type EngineStats, Metrics } from './metrics.ts';
import { dropBody, mountOperations } from './mount.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';
import { limitRate } from './rate-limit.ts';
import { pageRoutes } from './routes/page.ts';
import type { Writing } from './routes/write-papers.ts';
import { SEMANTIC_SCHOLAR_PATHS, semanticScholarErrors } from './semantic-scholar/respond.ts';

export interface AppOptions extends ClientOptions {
  readonly engine: Engine;
  /** Changes the papers. Default: changes are refused. */
  readonly writing?: Writing | undefined;
  /** Who may change what, and whether reading needs a token. Default: every client may read, and none may change. */
  readonly access?: Access | undefined;
  /** Collections that are kept on the server. Default: none are, and requests for them are refused. */
  readonly collections?: Collections | undefined;
  /** The web page. Default: the built one; without a build, no page is served. */
  readonly page?: PageFiles | undefined;
  /** Logs unexpected errors. Default: standard error. */
  readonly log?: LogError | undefined;
  /** Called when a request has ended. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Limits requests in flight. Default: a new `Admission`. */
  readonly admission?: Admission | undefined;
  /** Reads what the engine reports about itself, for `/metrics`. */
  readonly engineStats?: (() => EngineStats) | undefined;
  /** Why the model cannot be used now, for `/ready`. Default: it can always be used. */
  readonly modelError?: (() => PaperSearchError | undefined) | undefined;
}

/** Options about clients. */
export interface ClientOptions {
  /** Requests per minute for each client. Default: unlimited. */
  readonly rateLimit?: number | undefined;
  /**
   * Which proxies to trust in the header `X-Forwarded-For`: how many are in front of the server, or their addresses and
   * networks. Default: none, since any client can send the header.
   */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** Origins whose web pages may read answers, such as `https://example.org`; `*` for all. Default: none. */
  readonly cors?: readonly string[] | undefined;
  /**
   * Names allowed in the header Host besides addresses and `localhost`, in lower case. Default: any; then a web page
   * whose name resolves to this machine can read answers.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** Node's default limit for all headers is 16 KiB. A longer URL would get Node's bare 431 instead of our answer. */
const MAX_URL_LENGTH = 15_000;

/** Creates the HTTP API as an Express app that does not listen yet. */
export function createApp({
  engine,
  writing,
  access,
  collections,
  page = readPageFiles(),
  log = console.error,
  onExchange = () => {},
  admission = new Admission(),
  engineStats,
  modelError = () => undefined,
  rateLimit,
  trustProxy = 0,
  cors,
  allowedHosts,
}: AppOptions): Express {
  const app = express();
  const metrics = new Metrics(engine, engineStats);
  const limit = limitRate(rateLimit);
  const authorize = authorization(access);
  const operations = apiOperations({
    engine,
    writing,
    authorize,
    collections,
    log,
    metrics,
    notReadyReason: () => admission.stopReason() ?? modelError(),
  });
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  app.use(
    observed((exchange) => {
      metrics.observe(exchange);
      onExchange(exchange);
    }),
  );
  // HSTS applies to a host name and its subdomains, so it is for the proxy in front of this server to set.
  app.use(helmet({ strictTransportSecurity: false }));
  app.use(expectHost(allowedHosts));
  app.use(allowOrigins(cors));
  app.use(limitUrl, alwaysRevalidate);
  if (page) app.use(routed('page'), pageRoutes(page), routed('none'));
  const authorizeReading = access?.isPrivate ? authorize('read') : undefined;
  app.use(mountOperations(operations, { engine, log, limit, authorizeReading, admission }));
  app.use(limit);
  app.use(SEMANTIC_SCHOLAR_PATHS, dropBody, notFound, semanticScholarErrors(log));
  app.use(dropBody, notFound, errorHandler(log));
  return app;
}

const limitUrl: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length <= MAX_URL_LENGTH) return next();
  throw new PaperSearchError('URI_TOO_LONG', `The URL is longer than ${MAX_URL_LENGTH} characters.`);
};
