import { type LearnerInput, type PreparedPool, preparePool } from '../learn/learner.ts';
import { type Simulation, simulate } from './simulate.ts';
import { rankBy } from './strategies.ts';
import type { QueryStrategy } from './strategy-names.ts';

/** What all runs of a simulation share. It can be sent to another thread. */
export interface SimulationTask {
  readonly input: LearnerInput;
  /** For each row 1 for an include and 0 for an exclude. */
  readonly truth: Uint8Array;
  readonly strategy: QueryStrategy;
  /** Papers that are read from one ranking, at least 1. */
  readonly batch: number;
}

/** One run that is to be done. */
export interface SeedStart {
  readonly seed: number;
  /** Rows that are known before. */
  readonly known: readonly number[];
}

/** One run that was done. */
export interface SeedRun extends Simulation {
  readonly seed: number;
}

/** The runs of a task, for which its pool is prepared once. */
export class TaskRunner {
  readonly #task: SimulationTask;
  #pool: PreparedPool | undefined;

  constructor(task: SimulationTask) {
    this.#task = task;
  }

  /** @param onRead is called with the number of papers read. @throws what `simulate` throws. */
  run({ seed, known }: SeedStart, onRead?: (read: number) => void): SeedRun {
    const { input, truth, strategy, batch } = this.#task;
    this.#pool ??= preparePool(input);
    const rank = rankBy(strategy, this.#pool, seed);
    return { seed, ...simulate({ truth, known, rank, batch, onRead }) };
  }
}
