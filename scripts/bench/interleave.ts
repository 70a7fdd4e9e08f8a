import { mulberry32 } from '../../src/util/random.ts';
import type { EngineProcess } from './engine-process.ts';
import type { RunAnswer } from './engines/protocol.ts';
import type { EngineEntry } from './engines/registry.ts';
import { shuffled } from './queries.ts';
import { reasonOf } from './reason.ts';
import type { Failure } from './record.ts';
import { median } from './statistics.ts';

/** The answers of one engine to one set of queries. */
export interface Answers {
  /** Microseconds by round and query. */
  readonly wallUs: number[][];
  readonly cpuUs: number[][];
  /** Indexes of the found papers, by query; as many queries as ran in the warm-up. */
  readonly results: (readonly number[])[];
}

interface Asked {
  readonly entry: EngineEntry;
  readonly process?: EngineProcess;
  /** Set when the engine fails; it is then skipped. */
  failure?: Failure;
}

interface Options {
  readonly inputs: { readonly sets: Readonly<Record<string, readonly unknown[]>> };
  readonly rounds: number;
  readonly queryBudget: number;
  readonly onProgress: (message: string) => void;
}

/** How many queries an engine answers before the next engine's turn. */
const SLICE = 20;
/** Minimum number of queries, however slow an engine is. */
const MIN_QUERIES = 5;
const SEED = 20261122;

/**
 * Runs every query on every engine: a warm-up, then rounds, each in slices that the engines answer in turn, in an order
 * that changes with the slice. A temporary disturbance of the machine affects all engines. An engine that would exceed
 * its budget gets fewer queries.
 * @param between called before each round.
 */
export async function askInterleaved(
  engines: readonly Asked[],
  options: Options,
  between: () => void,
): Promise<Map<string, Record<string, Answers>>> {
  const random = mulberry32(SEED);
  const answers = new Map<string, Record<string, Answers>>(engines.map(({ entry }) => [entry.name, {}]));
  for (const [set, queries] of Object.entries(options.inputs.sets)) {
    const wanted = new Map(engines.map(({ entry }) => [entry.name, queries.length]));
    for (const { entry } of engines) answers.get(entry.name)![set] = { wallUs: [], cpuUs: [], results: [] };
    for (let round = 0; round <= options.rounds; round++) {
      options.onProgress(round === 0 ? `${set}: warm-up` : `${set}: round ${round} of ${options.rounds}`);
      between();
      const taken = new Map<string, { wallUs: number[]; cpuUs: number[] }>();
      for (const { entry } of engines) taken.set(entry.name, { wallUs: [], cpuUs: [] });
      for (let from = 0; from < queries.length; from += SLICE) {
        for (const engine of shuffled(engines, random)) {
          const { name } = engine.entry;
          const times = taken.get(name)!;
          const places = placesFrom(from, wanted.get(name)!);
          if (places.length === 0 || engine.failure) continue;
          const answer = await ask(engine, set, places, round === 0, options.queryBudget);
          if (!answer) continue;
          times.wallUs.push(...answer.wallUs);
          times.cpuUs.push(...answer.cpuUs);
          answers.get(name)![set]!.results.push(...answer.results);
          if (round === 0) wanted.set(name, Math.min(wanted.get(name)!, affordable(times.wallUs, options)));
        }
      }
      if (round === 0) continue;
      for (const { entry } of engines) {
        const { wallUs, cpuUs } = taken.get(entry.name)!;
        answers.get(entry.name)![set]!.wallUs.push(wallUs);
        answers.get(entry.name)![set]!.cpuUs.push(cpuUs);
      }
    }
  }
  return answers;
}

async function ask(
  engine: Asked,
  set: string,
  places: readonly number[],
  results: boolean,
  budget: number,
): Promise<RunAnswer | undefined> {
  try {
    // Ten times the budget: a limit for engines that hang, not for slow ones.
    return await engine.process!.ask<RunAnswer>({ op: 'run', set, places, results }, 10 * budget * 1000);
  } catch (error) {
    engine.failure = { stage: 'query', error: reasonOf(error) };
    return undefined;
  }
}

function placesFrom(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(SLICE, end - from)) }, (_, i) => from + i);
}

/** How many queries fit the budget in all rounds and the warm-up, by the median so far: the first ones compile. */
function affordable(wallUs: readonly number[], { rounds, queryBudget }: Options): number {
  return Math.max(MIN_QUERIES, Math.floor((queryBudget * 1e6) / (median(wallUs) * (rounds + 1))));
}
