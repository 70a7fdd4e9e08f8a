import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Engine, withSnapshot } from '../../search/engine.ts';
import type { EncodeFigures } from '../live/queued-encoder.ts';
import type { Exchange } from './exchange.ts';

/** What the engine tells of itself beside its answers. */
export interface EngineFigures {
  /** Calls of the encoder. */
  readonly encodes: EncodeFigures;
  /** Searches answered from memory, and those that were not. */
  readonly cache: { readonly hits: number; readonly misses: number };
}

/** From a keyword search in memory to the deadline of a request (seconds). */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** A method is a label, and labels must be few. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);

/** The figures of one app, in a registry of its own. Labels are routes, modes and states: as many as are declared. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #durations: Histogram<'route' | 'mode'>;
  readonly #readSnapshot: () => Promise<void>;
  #processIsWatched = false;

  /** @param figures read at every scrape; without it, encodes and cache are left out. */
  constructor(engine: Engine, figures?: () => EngineFigures) {
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: 'paper_search_http_requests_total',
      help: 'Requests that have ended, by route and status; 499 is a client that was gone.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'paper_search_http_request_duration_seconds',
      help: 'Time from a request to the end of its answer, by route and how was searched.',
      labelNames: ['route', 'mode'],
      buckets: BUCKETS,
      registers,
    });
    this.#readSnapshot = addSnapshot(registers, engine);
    if (figures) addFigures(registers, figures);
  }

  /** Counts a request that has ended. */
  observe({ method, route, status, durationMs, mode }: Exchange): void {
    this.#requests.inc({ method: METHODS.has(method) ? method : 'other', route, status });
    this.#durations.observe({ route, mode: mode ?? '' }, durationMs / 1000);
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All figures in the text format of Prometheus. Those of the process are watched from the first call on. */
  async text(): Promise<string> {
    await this.#readSnapshot();
    if (!this.#processIsWatched) collectDefaultMetrics({ register: this.#registry });
    this.#processIsWatched = true;
    return this.#registry.metrics();
  }
}

/** The figures of the snapshot in use. @returns brings them up to date. */
function addSnapshot(registers: Registry[], engine: Engine): () => Promise<void> {
  const papers = new Gauge({
    name: 'paper_search_snapshot_papers',
    help: 'Papers in the snapshot in use.',
    registers,
  });
  const age = new Gauge({
    name: 'paper_search_snapshot_age_seconds',
    help: 'Time since the snapshot in use was made.',
    registers,
  });
  const info = new Gauge({
    name: 'paper_search_snapshot_info',
    help: 'The name of the snapshot in use.',
    labelNames: ['snapshot'],
    registers,
  });
  return async () => {
    const stats = await withSnapshot(engine, (snapshot) => snapshot.stats());
    papers.set(stats.papers);
    age.set((Date.now() - Date.parse(stats.createdAt)) / 1000);
    // Of the snapshots before, nothing stays.
    info.reset();
    info.set({ snapshot: stats.snapshot }, 1);
  };
}

function addFigures(registers: Registry[], figures: () => EngineFigures): void {
  new Gauge({
    name: 'paper_search_encodes',
    help: 'Calls of the model that run, and that wait for their turn.',
    labelNames: ['state'],
    registers,
    collect() {
      const { running, waiting } = figures().encodes;
      this.set({ state: 'running' }, running);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Counter({
    name: 'paper_search_encodes_total',
    help: 'Calls of the model, by how they ended.',
    labelNames: ['end'],
    registers,
    collect() {
      this.reset();
      for (const [end, count] of Object.entries(figures().encodes.ended)) this.inc({ end }, count);
    },
  });
  new Counter({
    name: 'paper_search_cache_lookups_total',
    help: 'Searches, by whether their answer was kept from an earlier one.',
    labelNames: ['result'],
    registers,
    collect() {
      const { hits, misses } = figures().cache;
      this.reset();
      this.inc({ result: 'hit' }, hits);
      this.inc({ result: 'miss' }, misses);
    },
  });
}
