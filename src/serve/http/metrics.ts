import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EncodeStats } from '../live/queued-encoder.ts';
import type { Exchange } from './exchange.ts';
import { type Libraries, type NamedLibrary, promptStats } from './libraries.ts';

/** What the engine reports besides answers. */
export interface EngineStats {
  /** Calls of the encoder. */
  readonly encodes: EncodeStats;
  /** Lookups in the cache of answers. */
  readonly cache: { readonly hits: number; readonly misses: number };
}

/** From a cached keyword search to the deadline of a request (seconds). */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** The label `method` has a fixed set of values, so that clients cannot create series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/**
 * The metrics of one app in its own registry. Labels are declared routes, modes and states, so the number of series is
 * bounded.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status' | 'library'>;
  readonly #durations: Histogram<'route' | 'mode' | 'library'>;
  /** The value of the label `library` of a request without one; undefined on a server with one library. */
  readonly #defaultLibrary: string | undefined;
  readonly #readSnapshot: () => Promise<void>;
  #processIsWatched = false;

  /**
   * @param libraries with several, the metrics of requests and snapshots have the label `library`.
   * @param engineStats read at every scrape; without it, the metrics of encoder and cache are absent.
   */
  constructor(libraries: Libraries, engineStats?: () => EngineStats) {
    const registers = [this.#registry];
    const [{ name }, ...others] = libraries;
    this.#defaultLibrary = others.length > 0 ? name : undefined;
    const labels = this.#defaultLibrary === undefined ? ([] as const) : (['library'] as const);
    this.#requests = new Counter({
      name: 'paper_search_http_requests_total',
      help: 'Finished requests by route and status; 499 means that the client disconnected.',
      labelNames: ['method', 'route', 'status', ...labels],
      registers,
    });
    this.#durations = new Histogram({
      name: 'paper_search_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, by route and search mode.',
      labelNames: ['route', 'mode', ...labels],
      buckets: BUCKETS,
      registers,
    });
    this.#readSnapshot = addSnapshots(registers, libraries, labels);
    if (engineStats) addEngineStats(registers, engineStats);
  }

  /** Counts a request that has ended. */
  observe({ method, route, library, status, durationMs, mode }: Exchange): void {
    const labels = this.#defaultLibrary === undefined ? {} : { library: library ?? this.#defaultLibrary };
    this.#requests.inc({ method: METHODS.has(method) ? method : 'other', route, status, ...labels });
    this.#durations.observe({ route, mode: mode ?? '', ...labels }, durationMs / 1000);
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics in Prometheus' text format. Metrics of the process are collected from the first call on. */
  async text(): Promise<string> {
    await this.#readSnapshot();
    if (!this.#processIsWatched) collectDefaultMetrics({ register: this.#registry });
    this.#processIsWatched = true;
    return this.#registry.metrics();
  }
}

/** Adds the metrics of the current snapshots. @returns a function that updates them. */
function addSnapshots(
  registers: Registry[],
  libraries: Libraries,
  labels: readonly 'library'[],
): () => Promise<void> {
  const papers = new Gauge({
    name: 'paper_search_snapshot_papers',
    help: 'Papers in the current snapshot.',
    labelNames: labels,
    registers,
  });
  const withoutVector = new Gauge({
    name: 'paper_search_papers_without_vector',
    help: 'Papers in the current snapshot that an ingest has not encoded yet: they are ranked by words alone.',
    labelNames: labels,
    registers,
  });
  const age = new Gauge({
    name: 'paper_search_snapshot_age_seconds',
    help: 'Time since the current snapshot was built.',
    labelNames: labels,
    registers,
  });
  const info = new Gauge({
    name: 'paper_search_snapshot_info',
    help: 'The name of the current snapshot.',
    labelNames: ['snapshot', ...labels],
    registers,
  });
  const usable = new Gauge({
    name: 'paper_search_library_usable',
    help: 'Whether the papers can be read: 1, or 0 for a library that is damaged or missing, and for a cluster that does not answer.',
    labelNames: labels,
    registers,
  });
  const read = async ({ name, engine }: NamedLibrary) => {
    const own = labels.length > 0 ? { library: name } : {};
    try {
      const stats = await promptStats(engine);
      papers.set(own, stats.papers);
      withoutVector.set(own, stats.encoded ? stats.encoded.of - stats.encoded.papers : 0);
      age.set(own, (Date.now() - Date.parse(stats.createdAt)) / 1000);
      info.set({ ...own, snapshot: stats.snapshot }, 1);
      usable.set(own, 1);
    } catch {
      // One that cannot be used must not hide the other metrics. A gauge without labels is reset to 0, which is no number
      // of papers.
      for (const gauge of [papers, withoutVector, age]) gauge.remove(own);
      usable.set(own, 0);
    }
  };
  return async () => {
    // Drop the labels of earlier snapshots.
    for (const gauge of [papers, withoutVector, age, info]) gauge.reset();
    await Promise.all(libraries.map(read));
  };
}

function addEngineStats(registers: Registry[], engineStats: () => EngineStats): void {
  new Gauge({
    name: 'paper_search_encodes',
    help: 'Running and waiting calls of the encoder.',
    labelNames: ['state'],
    registers,
    collect() {
      const { running, waiting } = engineStats().encodes;
      this.set({ state: 'running' }, running);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Counter({
    name: 'paper_search_encodes_total',
    help: 'Finished calls of the encoder by outcome.',
    labelNames: ['end'],
    registers,
    collect() {
      this.reset();
      for (const [end, count] of Object.entries(engineStats().encodes.ended)) this.inc({ end }, count);
    },
  });
  new Counter({
    name: 'paper_search_cache_lookups_total',
    help: 'Lookups in the cache of search answers, by result.',
    labelNames: ['result'],
    registers,
    collect() {
      const { hits, misses } = engineStats().cache;
      this.reset();
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'miss' }, misses);
    },
  });
}
