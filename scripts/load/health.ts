import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { LoopDelay, ServerProcess } from '../bench/server-process.ts';
import { rises, type Sample, type Trend, trendOf } from './trend.ts';

/** Memory and event loop of a server. */
export interface Health {
  /** Bytes in use after a collection. */
  readonly memory: Trend;
  /** Resident bytes, as the system counts them. */
  readonly resident: Trend;
  /** The largest values of any interval (milliseconds). */
  readonly loopDelay: LoopDelay;
}

/** The share of a run that is warm-up. */
const WARM_UP = 0.25;
/** Shorter runs (seconds) do not show leaks: caches fill, code is compiled. */
const MIN_SECONDS = 300;
/** By how much of its mean memory may grow over a run: if data of each snapshot leaked, it would grow more. */
const MAX_RISE = { memory: 0.15, resident: 0.3 };

/** Samples the memory and event loop of a server. */
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

  /** The values since the warm-up. */
  get health(): Health {
    const max = (of: keyof LoopDelay) =>
      this.#delays.reduce((highest, delay) => Math.max(highest, delay[of]), 0);
    return {
      memory: this.#trend(this.#memory),
      resident: this.#trend(this.#resident),
      loopDelay: { p50: max('p50'), p99: max('p99'), max: max('max') },
    };
  }

  /** Whether memory grew; undefined if the run was too short. */
  get leaks(): boolean | undefined {
    const { memory, resident } = this.health;
    if (memory.seconds < MIN_SECONDS * (1 - WARM_UP)) return undefined;
    return rises(memory, MAX_RISE.memory) || rises(resident, MAX_RISE.resident);
  }

  #trend(samples: readonly Sample[]): Trend {
    return trendOf(samples.slice(Math.floor(WARM_UP * samples.length)));
  }
}
