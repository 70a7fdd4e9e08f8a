import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { mulberry32 } from '../../src/util/random.ts';
import type { LoadResult } from './http-load.ts';
import { summarize } from './statistics.ts';

export interface OpenLoopOptions {
  readonly url: string;
  readonly paths: readonly string[];
  /** Requests per second, on average. */
  readonly rate: number;
  readonly seconds: number;
}

const SEED = 20261122;
/** A request without an answer after this time (milliseconds) is aborted. */
const TIMEOUT_MS = 10_000;

/**
 * Sends requests at times that do not depend on the answers (a Poisson process with a fixed seed), like independent
 * users. A latency is measured from the time when a request was due, so that a request that delays others also increases
 * their latency. (autocannon's rate sends all requests of a second at once.)
 */
export async function openLoop({ url, paths, rate, seconds }: OpenLoopOptions): Promise<LoadResult> {
  const random = mulberry32(SEED);
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const counts = { errors: 0, timeouts: 0, non2xx: 0 };
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  for await (const sent of arrivals({ rate, seconds, random })) {
    const path = paths[Math.floor(random() * paths.length)]!;
    underWay.push(
      answered(`${url}${path}`, agent).then((outcome) => {
        if (outcome === 'ok') times.push(performance.now() - sent);
        else counts[outcome]++;
      }),
    );
  }
  await Promise.all(underWay);
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    connections: null,
    rate: times.length / took,
    latencyMs: times.length > 0 ? summarize(times) : null,
    answers: times.length,
    ...counts,
  };
}

/**
 * Waits for the times of a Poisson process, one after another.
 * @param rate times per second, on average. @param seconds how long. @param random from 0 to 1.
 * @returns when each was due, on the clock of `performance.now`.
 */
export async function* arrivals(process: {
  readonly rate: number;
  readonly seconds: number;
  readonly random: () => number;
}): AsyncGenerator<number> {
  const { rate, seconds, random } = process;
  const started = performance.now();
  let due = started;
  for (;;) {
    due += (-Math.log(1 - random()) / rate) * 1000;
    if (due > started + 1000 * seconds) return;
    const wait = due - performance.now();
    if (wait > 0) await setTimeout(wait);
    yield due;
  }
}

/** The outcome of a request, after its answer was read completely. */
function answered(url: string, agent: Agent): Promise<'ok' | 'errors' | 'timeouts' | 'non2xx'> {
  return new Promise((resolve) => {
    const request = get(url, { agent, timeout: TIMEOUT_MS }, (response) => {
      const { statusCode = 0 } = response;
      response.resume();
      response.once('end', () => resolve(statusCode >= 200 && statusCode < 300 ? 'ok' : 'non2xx'));
      response.once('error', () => resolve('errors'));
    });
    request.once('timeout', () => {
      resolve('timeouts');
      request.destroy();
    });
    request.once('error', () => resolve('errors'));
  });
}
