import { mulberry32 } from '../../../src/eval/random.ts';
import { type Fault, WRITE_FAULTS } from './fault-kinds.ts';
import type { Rehearsal } from './trial.ts';

/** Kinds that say something of a write only. */
const OF_WRITES: readonly string[] = ['short-error', 'short-reported', 'kill-torn'];

/** Every fault that a scenario can meet: each kind at each of its steps, and at the end. */
export function everyFault({ trace, writes, reads }: Rehearsal): Fault[] {
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
  // After the last step: what was told of as done has to survive.
  for (const kind of ['kill', 'power-strict', 'power-names', 'power-random'] as const) {
    faults.push({ side: 'write', at: writes + 1, kind, seed: writes });
  }
  return faults;
}

/** A row of faults in one scenario: the first while it is done, each other one while it is done again. */
export interface Trial {
  readonly rehearsal: Rehearsal;
  readonly faults: readonly Fault[];
}

/**
 * So many trials: single faults first, all of them where there is room for all, else a sample of them; then pairs.
 * @param count of faults, those of a pair being two. @param seed draws the sample and the pairs.
 */
export function drawTrials(rehearsals: readonly Rehearsal[], count: number, seed: number): Trial[] {
  const random = mulberry32(seed);
  const singles = rehearsals.flatMap((rehearsal) =>
    everyFault(rehearsal).map((fault) => ({ rehearsal, faults: [fault] })),
  );
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const shuffledSingles = singles
    .map((trial) => ({ trial, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ trial }) => trial);
  const trials: Trial[] = shuffledSingles.slice(0, count);
  for (let faults = trials.length; faults < count; faults += 2) {
    const first = pick(singles);
    const others = singles.filter(({ rehearsal }) => rehearsal === first.rehearsal);
    const second = pick(others).faults[0]!;
    // Another seed, so that power cuts keep other parts than in the trials of one fault.
    const seeded = [first.faults[0]!, second].map((fault) =>
      fault.side === 'write' ? { ...fault, seed: Math.floor(random() * 2 ** 31) } : fault,
    );
    trials.push({ rehearsal: first.rehearsal, faults: seeded });
  }
  return trials;
}
