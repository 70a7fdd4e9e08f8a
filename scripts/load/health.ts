import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LoopDelay, ServerProcess } from '../bench/server-process.ts';
import { rises, type Sample, type Trend, trendOf } from './trend.ts';

/** How a server fared. */
export interface Health {
  /** Bytes in use after a collection. */
  readonly memory: Trend;
  /** Bytes that the system counts. */
  readonly resident: Trend;
  /** The largest figures of any interval (milliseconds). */
  readonly loopDelay: LoopDelay;
}

/** The part of a run that is for warming up. */
const WARM_UP = 0.25;
/** A run shorter than this (seconds) says nothing of memory: caches fill, code is compiled. */
const SHORTEST = 300;
/** By how much of its mean memory may rise over a run: what is kept of each of many snapshots would be more. */
const MAX_RISE = { memory: 0.15, resident: 0.3 };

/** Looks at a server from time to time. */
export class HealthWatch {
  readonly #server: ServerProcess;
  readonly #started = performance.now();
  readonly #memory: Sample[] = [];
  readonly #resident: Sample[] = [];
  readonly #delays: LoopDelay[] = [];

  constructor(server: ServerProcess) {
    this.#server = server;
  }

  async look(): Promise<void> {
    const { memory, loopDelay } = await this.#server.figures();
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(this.#server.pid)]);
    const at = (performance.now() - this.#started) / 1000;
    this.#memory.push({ at, value: memory });
    this.#resident.push({ at, value: 1024 * Number(stdout) });
    this.#delays.push(loopDelay);
  }

  /** How it fared since the warm-up. */
  get health(): Health {
    const most = (of: keyof LoopDelay) => this.#delays.reduce((max, delay) => Math.max(max, delay[of]), 0);
    return {
      memory: this.#trend(this.#memory),
      resident: this.#trend(this.#resident),
      loopDelay: { p50: most('p50'), p99: most('p99'), max: most('max') },
    };
  }

  /** Whether memory rose; undefined when the run was too short to say. */
  get leaks(): boolean | undefined {
    const { memory, resident } = this.health;
    if (memory.seconds < SHORTEST * (1 - WARM_UP)) return undefined;
    return rises(memory, MAX_RISE.memory) || rises(resident, MAX_RISE.resident);
  }

  #trend(samples: readonly Sample[]): Trend {
    return trendOf(samples.slice(Math.floor(WARM_UP * samples.length)));
  }
}
