import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../../src/errors.ts';
import { type Fault, isEnd } from './fault-kinds.ts';
import { disk } from './faulty-disk.ts';
import { filesOf } from './index-state.ts';
import { realFs } from './real-fs.ts';
import type { Scenario } from './scenarios.ts';

/** A scenario that was run without faults. */
export interface Rehearsal {
  readonly scenario: Scenario;
  /** A folder in the state before the change; to copy. */
  readonly place: string;
  readonly before: string;
  readonly after: string;
  readonly filesAfter: ReadonlyMap<string, string>;
  /** Steps of the change. */
  readonly writes: number;
  readonly reads: number;
  readonly trace: readonly string[];
}

export interface Outcome {
  /** The state that was found after the fault; `under way` for a fetch that is to be resumed. */
  readonly found: 'old' | 'new' | 'under way' | 'neither';
  /** Whether the change reported success all the same. */
  readonly succeeded: boolean;
  /** Violations; normally none. */
  readonly violations: readonly string[];
}

/** Runs a scenario without faults. @param workplace an empty folder. */
export async function rehearse(scenario: Scenario, workplace: string): Promise<Rehearsal> {
  const place = join(workplace, 'before');
  realFs.mkdirSync(place, { recursive: true });
  await scenario.prepare(place);
  const before = await scenario.stateOf(place);
  const copy = join(workplace, 'place');
  realFs.cpSync(place, copy, { recursive: true, preserveTimestamps: true });
  disk.watch(copy);
  try {
    await scenario.change(copy);
  } finally {
    disk.release();
  }
  const { writes, reads, trace } = disk;
  const rehearsal = {
    scenario,
    place,
    before,
    after: await scenario.stateOf(copy),
    filesAfter: filesOf(copy),
    writes,
    reads,
    trace: [...trace],
  };
  realFs.rmSync(copy, { recursive: true });
  return rehearsal;
}

/**
 * Repeats the change with faults, one after another, then without, and checks what is on disk after each.
 * @param faults the first is for the change, each other one for the attempt after it.
 */
export async function attempt(rehearsal: Rehearsal, faults: readonly Fault[]): Promise<Outcome> {
  const { scenario, before, after } = rehearsal;
  // The same name for all trials, since the path of a record's file is part of the record.
  const place = join(rehearsal.place, '..', 'place');
  realFs.cpSync(rehearsal.place, place, { recursive: true, preserveTimestamps: true });
  const violations: string[] = [];
  const where: string[] = [];
  let found: Outcome['found'] = 'old';
  let succeeded = false;
  try {
    for (const fault of faults) {
      const foundBefore = found;
      const { error, trace } = await disturbed(scenario, place, fault);
      const step = `${fault.kind} at step ${fault.at} (${trace ?? 'not reached'})`;
      where.push(step);
      succeeded = error === undefined;
      const state = await scenario.stateOf(place).catch((unopened: unknown) => {
        violations.push(`${step}: cannot be opened: ${messageOf(unopened)}`);
        return 'neither';
      });
      found = nameOf(state, { before, after });
      if (found === 'neither') violations.push(`${step}: neither the old nor the new state`);
      if (succeeded && found !== 'new')
        violations.push(`${step}: reported success, but the old state is there`);
      if (error !== undefined && !isEnd(fault.kind)) {
        const isAsBefore = found === foundBefore;
        violations.push(...faultsOfMessage(error, place, isAsBefore).map((wrong) => `${step}: ${wrong}`));
      }
      letLocksExpire(place);
    }
    await scenario.change(place).catch((error: unknown) => {
      violations.push(
        `${faults.map(({ kind, at }) => `${kind} at ${at}`).join(', ')}: again: ${messageOf(error)}`,
      );
    });
    const state = await scenario.stateOf(place).catch((error: unknown) => messageOf(error));
    if (state !== after)
      violations.push(`after another attempt the state is not the new one: ${state.slice(0, 300)}`);
    const steps = where.join(', then ');
    const wrong = differences(rehearsal, filesOf(place), faults);
    violations.push(...wrong.map((wrong) => `${steps}: ${wrong}`));
  } finally {
    realFs.rmSync(place, { recursive: true, force: true });
  }
  return { found, succeeded, violations };
}

async function disturbed(
  scenario: Scenario,
  place: string,
  fault: Fault,
): Promise<{ error: unknown; trace: string | undefined }> {
  disk.watch(place, fault);
  let error: unknown;
  try {
    await scenario.change(place);
  } catch (thrown) {
    error = thrown ?? 'nothing';
  } finally {
    disk.release();
  }
  return { error, trace: disk.firedAt };
}

/** Violations by an error: it has to name a place and a reason, and be right about what is on disk. */
function faultsOfMessage(error: unknown, place: string, isAsBefore: boolean): string[] {
  if (!(error instanceof PaperSearchError)) return [`did not throw a PaperSearchError: ${messageOf(error)}`];
  const wrong: string[] = [];
  if (error.code === 'INTERNAL') wrong.push(`threw INTERNAL: ${error.message}`);
  if (!error.message.includes(place)) wrong.push(`the message does not contain a path: ${error.message}`);
  if (!/EIO|ENOSPC|EACCES|EROFS/.test(error.message))
    wrong.push(`the message does not contain a reason: ${error.message}`);
  if (error.message.includes('as it was') && !isAsBefore) wrong.push(`untrue: ${error.message}`);
  return wrong;
}

function nameOf(state: string, { before, after }: Pick<Rehearsal, 'before' | 'after'>): Outcome['found'] {
  if (state === after) return 'new';
  if (state === before) return 'old';
  return state === 'under way' ? 'under way' : 'neither';
}

/** A lock of a dead process is taken over after some seconds: these have passed. */
function letLocksExpire(place: string): void {
  for (const name of realFs.readdirSync(place, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.lock')) realFs.utimesSync(join(place, name), 0, 0);
  }
}

/**
 * Files that differ from those after a change without faults. An unreadable snapshot was written again and is kept as
 * the previous one: then the snapshot that would have been kept is removed.
 */
function differences(
  { filesAfter, scenario }: Rehearsal,
  files: ReadonlyMap<string, string>,
  faults: readonly Fault[],
): string[] {
  const mayBeGone = faults.some(({ side }) => side === 'read') ? /^index\/[0-9a-f]{16}\// : undefined;
  const names = new Set([...filesAfter.keys(), ...files.keys()]);
  return [...names]
    .filter((name) => !scenario.mayStay?.test(name) && filesAfter.get(name) !== files.get(name))
    .filter((name) => files.has(name) || !mayBeGone?.test(name))
    .map((name) => {
      if (!files.has(name)) return `afterwards, ${name} is missing`;
      return filesAfter.has(name) ? `afterwards, ${name} differs` : `afterwards, ${name} is left over`;
    });
}
