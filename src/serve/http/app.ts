import express, { type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { PaperSearchError } from '../../errors.ts';
import { Admission } from './admission.ts';
import { expectHost } from './allowed-hosts.ts';
import { apiOperations } from './api.ts';
import { authorization } from './authorize.ts';
import { allowOrigins } from './cross-origin.ts';
import { errorHandler, type LogError, notFound } from './errors.ts';
import { type Exchange, notesOf, observed, routed } from './exchange.ts';
import { alwaysRevalidate } from './freshness.ts';
import { LIBRARY_NAME, type Libraries, type Library, type NamedLibrary, ONLY_LIBRARY } from './libraries.ts';
import { type EngineStats, Metrics } from './metrics.ts';
import { dropBody, mountOperations } from './mount.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';
import { limitRate } from './rate-limit.ts';
import { pageAssets, pageViews, shortPage } from './routes/page.ts';
import { SEMANTIC_SCHOLAR_PATHS, semanticScholarErrors } from './semantic-scholar/respond.ts';

/** The library at the short paths, and what serves it. */
export interface AppOptions extends ClientOptions, Library {
  /** The name of this library. Default: `default`. */
  readonly name?: string | undefined;
  /** Other libraries, each at `/libraries/NAME` and `/v1/libraries/NAME`. */
  readonly others?: readonly NamedLibrary[] | undefined;
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

/**
 * Creates the HTTP API as an Express app that does not listen yet.
 * @throws Error for names of libraries that are not allowed or not different.
 */
export function createApp(options: AppOptions): Express {
  const { name = ONLY_LIBRARY, others = [] } = options;
  const { page = readPageFiles(), log = console.error, onExchange = () => {}, engineStats } = options;
  const { admission = new Admission(), modelError = () => undefined } = options;
  const { rateLimit, trustProxy = 0, cors, allowedHosts } = options;
  const app = express();
  const libraries: Libraries = [{ ...options, name }, ...others];
  expectNames(libraries);
  const metrics = new Metrics(libraries, engineStats);
  const limit = limitRate(rateLimit);
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
  if (page) app.use(routed('page'), pageAssets(page), routed('none'));
  const notReadyReason = () => admission.stopReason() ?? modelError();
  const shared = { log, libraries, metrics, limit, admission, notReadyReason };
  const routes = libraries.map((library) => libraryRoutes(library, shared));
  for (const [i, library] of libraries.entries()) {
    const path = `/libraries/${library.name}`;
    app.use([`/v1${path}`, path], noteLibrary(library.name));
    if (page) app.use(path, routed('page'), i === 0 ? shortPage() : pageViews(page, path), routed('none'));
    app.use([`/v1${path}`, path], routes[i]!({ withShortPaths: true }));
  }
  if (page) app.use(routed('page'), pageViews(page, ''), routed('none'));
  app.use(routes[0]!({ withShortPaths: false }));
  app.use(limit);
  const ofAnyLibrary = ['', ...LIBRARY_PATHS];
  const semanticScholar = ofAnyLibrary.flatMap((at) => SEMANTIC_SCHOLAR_PATHS.map((path) => at + path));
  app.use(semanticScholar, dropBody, notFound, semanticScholarErrors(log));
  app.use(LIBRARY_PATHS, unknownLibrary);
  app.use(dropBody, notFound, errorHandler(log));
  return app;
}

interface SharedServices {
  readonly log: LogError;
  readonly libraries: Libraries;
  readonly metrics: Metrics;
  readonly limit: RequestHandler;
  readonly admission: Admission;
  readonly notReadyReason: () => PaperSearchError | undefined;
}

/** The routes of a library: a function that makes them for the places where they are mounted. */
function libraryRoutes(library: NamedLibrary, shared: SharedServices) {
  const { engine, access } = library;
  const { log, limit, admission } = shared;
  const authorize = authorization(access);
  const operations = apiOperations({ ...library, ...shared, authorize });
  const authorizeReading = access?.isPrivate ? authorize('read') : undefined;
  return ({ withShortPaths }: { readonly withShortPaths: boolean }): RequestHandler => {
    const router = Router();
    router.use(
      mountOperations(operations, { engine, log, limit, authorizeReading, admission, withShortPaths }),
    );
    return router;
  };
}

function expectNames(libraries: Libraries): void {
  const names = libraries.map(({ name }) => name);
  const wrong = names.find((name, i) => !LIBRARY_NAME.test(name) || names.indexOf(name) !== i);
  if (wrong !== undefined)
    throw new Error(`"${wrong}" cannot be the name of a library, or is not the only one.`);
}

/** Notes the library that a path names. */
function noteLibrary(name: string): RequestHandler {
  return (_request, response, next) => {
    notesOf(response).library = name;
    next();
  };
}

/** Where libraries are. */
const LIBRARY_PATHS = ['/libraries/:name', '/v1/libraries/:name'];

const unknownLibrary: RequestHandler = ({ params }) => {
  throw new PaperSearchError(
    'NOT_FOUND',
    `There is no library "${params.name}", or it has no such route. GET /v1/libraries lists the libraries.`,
  );
};

const limitUrl: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length <= MAX_URL_LENGTH) return next();
  throw new PaperSearchError('URI_TOO_LONG', `The URL is longer than ${MAX_URL_LENGTH} characters.`);
};
