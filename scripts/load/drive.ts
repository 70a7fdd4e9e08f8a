import { setTimeout } from 'node:timers/promises';
import { arrivals } from '../bench/open-loop.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { LoadRequest } from './requests.ts';

export interface DriveOptions {
  readonly url: string;
  readonly requests: Iterator<LoadRequest, never>;
  /** Clients that send the next request after each answer. */
  readonly clients: number;
  /** Additional requests per second, at random times. */
  readonly rate: number;
  readonly seconds: number;
  readonly random: () => number;
  /** Called with each answer. The client that got it waits for the result. */
  readonly onExchange: (exchange: Exchange) => Promise<void>;
}

/** Pause of a client without an answer (milliseconds): a stopped server should not be called in a tight loop. */
const PAUSE_MS = 200;

/** Puts a server under load: closed loops, and one open loop in parallel. Resolves when all requests are answered. */
export async function drive(options: DriveOptions): Promise<void> {
  const { url, requests, clients, rate, seconds, random, onExchange } = options;
  const end = performance.now() + 1000 * seconds;
  const ask = async () => {
    const done = await exchange(url, requests.next().value);
    await onExchange(done);
    return done;
  };
  const closedLoop = async () => {
    while (performance.now() < end) {
      const { answer } = await ask();
      if ('broken' in answer) await setTimeout(PAUSE_MS);
    }
  };
  const openLoop = async () => {
    const underWay: Promise<unknown>[] = [];
    for await (const _ of arrivals({ rate, seconds, random })) underWay.push(ask());
    await Promise.all(underWay);
  };
  await Promise.all([...Array.from({ length: clients }, closedLoop), openLoop()]);
}
