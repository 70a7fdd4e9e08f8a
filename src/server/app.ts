import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { PaperSearchError } from '../errors.ts';
import type { Searcher } from '../search/searcher.ts';
import { apiOperations } from './api.ts';
import { errorHandler, notFound } from './errors.ts';
import { dropBody, mountOperations } from './mount.ts';
import { fromOneSnapshot } from './one-snapshot.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';
import { pageRoutes } from './routes/page.ts';
import type { Writing } from './routes/write-papers.ts';
import { SEMANTIC_SCHOLAR_PATHS, semanticScholarErrors } from './semantic-scholar/respond.ts';

export interface AppOptions {
  readonly searcher: Searcher;
  /** Allows those who have its token to change the papers. Default: nobody may. */
  readonly writing?: Writing | undefined;
  /** The web page. Default: as the build made it; without a build there is none. */
  readonly page?: PageFiles | undefined;
  /** Told of errors that are nobody's request's fault. Default: standard error. */
  readonly log?: (error: unknown) => void;
}

/** Where nothing else is said, Node takes 16 KiB for all headers: beyond, its bare 431 comes before our answer. */
const LONGEST_URL = 15_000;

/** The HTTP API as an Express app that does not listen yet. */
export function createApp({
  searcher,
  writing,
  page = readPageFiles(),
  log = console.error,
}: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(helmet());
  app.use(limitUrl);
  if (page) app.use(pageRoutes(page));
  app.use(mountOperations(fromOneSnapshot(apiOperations({ searcher, writing, log }), searcher), log));
  app.use(SEMANTIC_SCHOLAR_PATHS, dropBody, notFound, semanticScholarErrors(log));
  app.use(dropBody, notFound, errorHandler(log));
  return app;
}

const limitUrl: RequestHandler = (request, _response, next) => {
  if (request.originalUrl.length <= LONGEST_URL) return next();
  throw new PaperSearchError('URI_TOO_LONG', `The URL is longer than ${LONGEST_URL} characters.`);
};
