import { setTimeout } from 'node:timers/promises';
import { arrivals } from '../bench/open-loop.ts';
import { type Exchange, exchange } from './exchange.ts';
import type { LoadRequest } from './requests.ts';

export interface DriveOptions {
  readonly url: string;
  readonly requests: Iterator<LoadRequest, never>;
  /** Clients that ask again as soon as they are answered. */
  readonly clients: number;
  /** Further requests a second, at times of their own. */
  readonly rate: number;
  readonly seconds: number;
  readonly random: () => number;
  /** Told of each answer. What it gives back is waited for by the client that asked. */
  readonly onExchange: (exchange: Exchange) => Promise<void>;
}

/** How long a client that got no answer waits (milliseconds): a server that is gone should not be asked in a tight loop. */
const PAUSE_MS = 200;

/** Puts a server under load: closed loops, and an open one beside them. Resolves when all are answered. */
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
