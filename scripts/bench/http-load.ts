import type autocannon from 'autocannon';
import { mulberry32 } from '../../src/util/random.ts';
import { shuffled } from './queries.ts';
import { type Summary, summarize } from './statistics.ts';
import { variant } from './unseen.ts';

export const LOADS = ['keyword', 'hybrid', 'mixed'] as const;
export type Load = (typeof LOADS)[number];

/** The result of a load. */
export interface LoadResult {
  /** Null if requests were sent at random times. */
  readonly connections: number | null;
  /** Answers per second, on average. */
  readonly rate: number;
  /** Milliseconds from request to complete answer, as the client sees it; null when there was no answer. */
  readonly latencyMs: Summary | null;
  readonly answers: number;
  readonly errors: number;
  readonly timeouts: number;
  readonly non2xx: number;
}

export interface LoadOptions {
  readonly url: string;
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

const SEED = 20261122;
/** With 200 queries, six times the size of the server's cache. */
const VARIANTS = 64;

/**
 * The requests of a load: every query by keyword, by hybrid search, or (mixed) both; each in many spellings, so that
 * the server's cache does not contain any of them when it is repeated.
 */
export function pathsOf(load: Load, queries: readonly string[], variants = VARIANTS): string[] {
  const modes = load === 'mixed' ? ['keyword', 'hybrid'] : [load];
  return Array.from({ length: variants }, (_, n) =>
    queries.flatMap((query) =>
      modes.map((mode) => `/search?${new URLSearchParams({ q: variant(query, n), mode })}`),
    ),
  ).flat();
}

/** Puts a server under load in a closed loop: each connection sends requests in random order, one after another. */
export async function underLoad(cannon: typeof autocannon, options: LoadOptions): Promise<LoadResult> {
  const { url, paths, connections, seconds } = options;
  const random = mulberry32(SEED);
  const times: number[] = [];
  const run = cannon({
    url,
    connections,
    duration: seconds,
    setupClient: (client) => client.setRequests(shuffled(paths, random).map((path) => ({ path }))),
  });
  // Its own histogram counts whole milliseconds, in which a keyword query takes 0.
  run.on('response', (_client, _status, _bytes, responseMs) => times.push(responseMs));
  const { requests, errors, timeouts, non2xx, duration } = await run;
  return {
    connections,
    rate: requests.total / duration,
    latencyMs: times.length > 0 ? summarize(times) : null,
    answers: requests.total,
    errors,
    timeouts,
    non2xx,
  };
}
