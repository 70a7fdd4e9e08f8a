import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { PaperSearchError } from '../../errors.ts';
import type { Engine } from '../../search/engine.ts';
import { Admission } from './admission.ts';
import { expectHost } from './allowed-hosts.ts';
import { apiOperations } from './api.ts';
import { allowOrigins } from './cross-origin.ts';
import { errorHandler, type LogError, notFound } from './errors.ts';
import { type Exchange, observed, routed } from './exchange.ts';
import { compareAlways } from './freshness.ts';
import { type EngineFigures, Metrics } from './metrics.ts';
import { dropBody, mountOperations } from './mount.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';
import { limitRate } from './rate-limit.ts';
import { pageRoutes } from './routes/page.ts';
import type { Writing } from './routes/write-papers.ts';
import { SEMANTIC_SCHOLAR_PATHS, semanticScholarErrors } from './semantic-scholar/respond.ts';

export interface AppOptions extends ClientOptions {
  readonly engine: Engine;
  /** Allows those who have its token to change the papers. Default: nobody may. */
  readonly writing?: Writing | undefined;
  /** The web page. Default: as the build made it; without a build there is none. */
  readonly page?: PageFiles | undefined;
  /** Told of errors that are nobody's request's fault. Default: standard error. */
  readonly log?: LogError | undefined;
  /** Told of every request that has ended. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Lets requests in. Default: one of its own. */
  readonly admission?: Admission | undefined;
  /** What the engine tells of itself, for `/metrics`. */
  readonly figures?: (() => EngineFigures) | undefined;
  /** Why not every question can be answered now, for `/ready`. Default: nothing is ever in the way. */
  readonly trouble?: (() => PaperSearchError | undefined) | undefined;
}

/** What holds for clients. */
export interface ClientOptions {
  /** Requests a minute that each client may send. Default: any number. */
  readonly rateLimit?: number | undefined;
  /**
   * Whose header `X-Forwarded-For` is believed: how many proxies stand in front, or their addresses and networks.
   * Default: nobody's, since anybody can send it.
   */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** Origins whose web pages may read answers, as `https://example.org`; `*` for all. Default: none. */
  readonly cors?: readonly string[] | undefined;
  /**
   * Names that a request's header Host may have beside addresses and `localhost`, in lower case. Default: any, so that a
   * web page whose name resolves to this machine can read answers.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

/** Where nothing else is said, Node takes 16 KiB for all headers: beyond, its bare 431 comes before our answer. */
const MAX_URL_LENGTH = 15_000;

/** The HTTP API as an Express app that does not listen yet. */
export function createApp({
  engine,
  writing,
  page = readPageFiles(),
  log = console.error,
  onExchange = () => {},
  admission = new Admission(),
  figures,
  trouble = () => undefined,
  rateLimit,
  trustProxy = 0,
  cors,
  allowedHosts,
}: AppOptions): Express {
  const app = express();
  const metrics = new Metrics(engine, figures);
  const limit = limitRate(rateLimit);
  const operations = apiOperations({
    engine,
    writing,
    log,
    metrics,
    obstacle: () => admission.obstacle() ?? trouble(),
  });
  app.disable('x-powered-by');
  app.set('trust proxy', trustProxy);
  app.use(
    observed((exchange) => {
      metrics.observe(exchange);
      onExchange(exchange);
    }),
  );
  // Whether a name is to be reached by HTTPS alone, and its subdomains too, is for who stands in front of this one to say.
  app.use(helmet({ strictTransportSecurity: false }));
  app.use(expectHost(allowedHosts));
  app.use(allowOrigins(cors));
  app.use(limitUrl, compareAlways);
  if (page) app.use(routed('page'), pageRoutes(page), routed('none'));
  app.use(mountOperations(operations, { engine, log, limit, admission }));
  app.use(limit);
  app.use(SEMANTIC_SCHOLAR_PATHS, dropBody, notFound, semanticScholarErrors(log));
  app.use(dropBody, notFound, errorHandler(log));
  return app;
}

const limitUrl: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length <= MAX_URL_LENGTH) return next();
  throw new PaperSearchError('URI_TOO_LONG', `The URL is longer than ${MAX_URL_LENGTH} characters.`);
};
