import type { Collections } from '../../collections/collections.ts';
import type { PaperSearchError } from '../../errors.ts';
import type { ReviewService } from '../../review/service.ts';
import type { Engine } from '../../search/engine.ts';
import type { Watches } from '../../watch/watches.ts';
import { type Authorize, authorization } from './authorize.ts';
import type { LogError } from './errors.ts';
import { type Libraries, ONLY_LIBRARY } from './libraries.ts';
import { Metrics } from './metrics.ts';
import type { Operation } from './operation.ts';
import { arxivOperations } from './routes/arxiv.ts';
import { calendarOperations } from './routes/calendar.ts';
import { citationOperations } from './routes/citations.ts';
import { collectionOperations } from './routes/collections.ts';
import { documentOperations } from './routes/document.ts';
import { exportOperations } from './routes/export.ts';
import { feedOperations } from './routes/feeds.ts';
import { fetchOperations } from './routes/fetch.ts';
import { libraryOperations } from './routes/libraries.ts';
import { mapOperations } from './routes/map.ts';
import { mcpOperations } from './routes/mcp.ts';
import { overviewOperation } from './routes/overview.ts';
import { paperOperations } from './routes/papers.ts';
import { relatedOperations } from './routes/related.ts';
import { reviewOperations } from './routes/reviews.ts';
import { scheduleOperations } from './routes/schedule.ts';
import { searchOperations } from './routes/search.ts';
import { statusOperations } from './routes/status.ts';
import { suggestOperations } from './routes/suggest.ts';
import { watchOperations } from './routes/watches.ts';
import { type Writing, writeOperations } from './routes/write-papers.ts';
import { semanticScholarOperations } from './semantic-scholar/operations.ts';

/** What operations need to answer. */
export interface Services {
  readonly engine: Engine;
  readonly writing?: Writing | undefined;
  /** Decides who may change what. Default: no client. */
  readonly authorize?: Authorize | undefined;
  /** Default: no collections are kept. */
  readonly collections?: Collections | undefined;
  /** Default: no watches are kept. */
  readonly watches?: Watches | undefined;
  /** Default: no reviews are kept. */
  readonly reviews?: ReviewService | undefined;
  /** Logs unexpected errors that are answered in the format of another protocol. Default: standard error. */
  readonly log?: LogError | undefined;
  /** All libraries of the server, the default one first. Default: only this one. */
  readonly libraries?: Libraries | undefined;
  /** Default: a new registry, which no one scrapes. */
  readonly metrics?: Metrics | undefined;
  /** Why the server is not ready now. Default: it always is. */
  readonly notReadyReason?: (() => PaperSearchError | undefined) | undefined;
}

/** Every operation of the server. An operation that is not here is neither served nor documented. */
export function apiOperations({
  engine,
  writing,
  authorize = authorization(undefined),
  collections,
  watches,
  reviews,
  log = console.error,
  libraries = [{ name: ONLY_LIBRARY, engine }],
  metrics = new Metrics(libraries),
  notReadyReason = () => undefined,
}: Services): Operation[] {
  const operations = [
    ...searchOperations(),
    ...relatedOperations(),
    ...feedOperations(),
    ...suggestOperations(),
    ...mapOperations(),
    ...paperOperations(),
    ...citationOperations(),
    ...exportOperations(),
    ...scheduleOperations(),
    ...calendarOperations(),
    ...writeOperations(engine, writing, authorize),
    ...fetchOperations(engine, writing, authorize),
    ...collectionOperations(engine, collections, authorize),
    ...watchOperations(engine, watches, authorize),
    ...reviewOperations(reviews, authorize),
    ...statusOperations({ engine, libraries, metrics, notReadyReason }),
    ...libraryOperations(libraries),
    ...mcpOperations(engine, log, authorize, { collections, watches, reviews }),
    ...arxivOperations(),
    ...semanticScholarOperations(),
  ];
  const all: Operation[] = [];
  all.push(...operations, overviewOperation(operations), ...documentOperations(all));
  return all;
}
