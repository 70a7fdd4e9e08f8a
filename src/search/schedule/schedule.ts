import type { Paper } from '../../papers/paper.ts';
import { foldValue } from '../../text/fold-value.ts';
import { pause } from '../../util/pause.ts';
import { byName } from './by-name.ts';
import { commonOffset, compareSlots, type Slot, slotOf } from './slot.ts';

/** A paper of the schedule. */
export interface ScheduledPaper {
  /** Position of the paper in its index. */
  readonly doc: number;
  readonly slot: Slot;
}

/** A day or a room, and how many papers it has. */
export interface ScheduleChoice {
  readonly value: string;
  readonly count: number;
}

/** When and where the papers of a corpus are presented. */
export interface Schedule {
  /** Papers that have a session, in the order of `compareSlots`. */
  readonly papers: readonly ScheduledPaper[];
  /** The days that have papers, in order. */
  readonly days: readonly ScheduleChoice[];
  /** The rooms by name; numbers in names are compared by value. */
  readonly halls: readonly ScheduleChoice[];
  /** Papers whose session has no readable day. */
  readonly withoutTime: number;
}

/** Papers between two pauses, in which other requests are answered. */
const YIELD_EVERY = 250;

/**
 * Reads when and where papers are presented; papers without a session are skipped.
 * @param papers by position. @param signal aborting it rejects with its reason at the next pause.
 */
export async function readSchedule(
  papers: Iterable<Pick<Paper, 'session'>>,
  signal?: AbortSignal,
): Promise<Schedule> {
  const scheduled: ScheduledPaper[] = [];
  // Hundreds of posters share one slot.
  const slots = new Map<string, Slot>();
  let doc = 0;
  for (const { session } of papers) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    if (session && isScheduled({ session })) {
      const key = JSON.stringify([session.name, session.hall, session.start, session.end]);
      const slot = slots.get(key) ?? slotOf(session);
      slots.set(key, slot);
      scheduled.push({ doc, slot });
    }
    doc++;
  }
  const offset = commonOffset(scheduled.map(({ slot }) => slot));
  scheduled.sort((a, b) => compareSlots(a.slot, b.slot, offset) || a.doc - b.doc);
  return {
    papers: scheduled,
    days: choicesOf(scheduled.map(({ slot }) => slot.start?.day)).sort((a, b) =>
      a.value < b.value ? -1 : 1,
    ),
    halls: choicesOf(scheduled.map(({ slot }) => slot.hall)).sort((a, b) => byName(a.value, b.value)),
    withoutTime: scheduled.reduce((sum, { slot }) => sum + (slot.start ? 0 : 1), 0),
  };
}

/** Whether a paper is part of a schedule: something of its session is known. */
export function isScheduled({ session }: Pick<Paper, 'session'>): boolean {
  const { name, hall, start, end } = session ?? {};
  return [name, hall, start, end].some((value) => value !== undefined);
}

/** The distinct values, ignoring case and accents; each in its first spelling. */
function choicesOf(values: readonly (string | undefined)[]): ScheduleChoice[] {
  const choices = new Map<string, { value: string; count: number }>();
  for (const value of values) {
    if (value === undefined) continue;
    const key = foldValue(value);
    const choice = choices.get(key);
    if (choice) choice.count++;
    else choices.set(key, { value, count: 1 });
  }
  return Array.from(choices.values());
}
