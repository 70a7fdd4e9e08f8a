import { Agent, get } from 'node:http';
import { mulberry32 } from '../../src/util/random.ts';
import { arrivals } from '../bench/open-loop.ts';
import type { Asked } from './breakdown.ts';

/** How long a closed loop takes (seconds). */
const CLOSED_SECONDS = 4;
const SEED = 7;
const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Asks a server for paths in random order, with a fixed seed. */
export class Client {
  readonly #url: string;
  readonly #paths: readonly string[];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #random = mulberry32(SEED);
  #asked = 0;

  constructor(url: string, paths: readonly string[]) {
    this.#url = url;
    this.#paths = paths;
  }

  /** Each connection asks again after its answer. @returns answers a second. */
  async closed(connections: number): Promise<string> {
    const started = now();
    let answers = 0;
    const loop = async () => {
      while (now() - started < 1000 * CLOSED_SECONDS) {
        await this.#ask(now());
        answers++;
      }
    };
    await Promise.all(Array.from({ length: connections }, loop));
    return ((1000 * answers) / (now() - started)).toFixed(0);
  }

  /** Asks at random times that do not depend on answers, `rate` times a second on average. */
  async open(rate: number, seconds: number): Promise<readonly Asked[]> {
    const asked: Promise<Asked>[] = [];
    const ahead = now() - performance.now();
    for await (const due of arrivals({ rate, seconds, random: this.#random }))
      asked.push(this.#ask(due + ahead));
    return Promise.all(asked);
  }

  close(): void {
    this.#agent.destroy();
  }

  #ask(due: number): Promise<Asked> {
    const id = `r${this.#asked++}`;
    const path = this.#paths[Math.floor(this.#random() * this.#paths.length)]!;
    const sent = now();
    const options = { agent: this.#agent, headers: { 'x-request-id': id } };
    return new Promise((resolve, reject) => {
      get(`${this.#url}${path}`, options, (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 200) resolve({ id, due, sent, end: now() });
          else reject(new Error(`${path} was answered with ${response.statusCode}.`));
        });
      }).once('error', reject);
    });
  }
}
