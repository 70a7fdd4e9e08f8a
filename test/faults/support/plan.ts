import { mulberry32, shuffled } from '../../../src/util/random.ts';
import { type Fault, isEnd, WRITE_FAULTS } from './fault-kinds.ts';
import type { Rehearsal } from './trial.ts';

/** Kinds that affect only writes. */
const OF_WRITES: readonly string[] = ['short-error', 'short-reported', 'kill-torn'];

/** Every fault of a scenario: each kind at each of its steps, and at the end. */
function everyFault({ trace, writes, reads }: Rehearsal): Fault[] {
  const faults: Fault[] = [];
  for (let at = 1; at <= writes; at++) {
    const isWrite = trace[at - 1]!.startsWith('write ');
    for (const kind of WRITE_FAULTS) {
      if (OF_WRITES.includes(kind) && !isWrite) continue;
      faults.push({ side: 'write', at, kind, seed: at });
    }
  }
  for (let at = 1; at <= reads; at++) {
    for (const kind of ['EIO', 'EACCES'] as const) faults.push({ side: 'read', at, kind });
  }
  // After the last step: what was reported as done has to survive.
  for (const kind of WRITE_FAULTS.filter(isEnd)) {
    if (OF_WRITES.includes(kind)) continue;
    faults.push({ side: 'write', at: writes + 1, kind, seed: writes });
  }
  return faults;
}

/** Faults in one scenario: the first during the change, each other one while the change is repeated. */
export interface Trial {
  readonly rehearsal: Rehearsal;
  readonly faults: readonly Fault[];
}

/**
 * A number of trials: single faults first, all of them if the number allows it, otherwise a sample in which every kind
 * of step meets every kind of fault in some scenario; then pairs.
 * @param count of faults, those of a pair being two. @param seed draws the sample and the pairs.
 */
export function drawTrials(rehearsals: readonly Rehearsal[], count: number, seed: number): Trial[] {
  const random = mulberry32(seed);
  const singles: Trial[] = rehearsals.flatMap((rehearsal) =>
    everyFault(rehearsal).map((fault) => ({ rehearsal, faults: [fault] })),
  );
  const trials = foremost(shuffled(singles, random)).slice(0, count);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  for (let faults = trials.length; faults < count; faults += 2) {
    const { rehearsal, faults: first } = pick(singles);
    const others = singles.filter((trial) => trial.rehearsal === rehearsal);
    // Another seed, so that power cuts keep other parts than in the trials of one fault.
    const seeded = [...first, ...pick(others).faults].map((fault) =>
      fault.side === 'write' ? { ...fault, seed: Math.floor(random() * 2 ** 31) } : fault,
    );
    trials.push({ rehearsal, faults: seeded });
  }
  return trials;
}

/**
 * The trials sorted: first those that end a change, then the first of each kind of step and fault; what a scenario reads is
 * one kind.
 */
function foremost(trials: readonly Trial[]): Trial[] {
  const seen = new Set<string>();
  const ranked = trials.map((trial) => {
    const [fault] = trial.faults;
    const { trace, scenario, writes } = trial.rehearsal;
    const isRead = fault!.side === 'read';
    const isAfterwards = !isRead && fault!.at > writes;
    const step = isRead
      ? `read ${scenario.name}`
      : trace[fault!.at - 1]?.replace(/[0-9a-f-]{16,}|paper-search-\w+/g, '*');
    const label = `${fault!.kind} ${isAfterwards ? scenario.name : step}`;
    const rank = isAfterwards ? 0 : seen.has(label) ? 2 : 1;
    seen.add(label);
    return { trial, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ trial }) => trial);
}
