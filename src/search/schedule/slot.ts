import type { PaperSession } from '../../papers/paper.ts';
import { instantOf, parseSessionTime, type SessionTime, withOffsetOf } from './session-time.ts';

/** A place in a schedule, its times read. */
export interface Slot {
  readonly name: string | undefined;
  readonly hall: string | undefined;
  /** Undefined where the source gives none, or none that can be read. */
  readonly start: SessionTime | undefined;
  /** Undefined likewise, and where it is before the start. */
  readonly end: SessionTime | undefined;
}

/** A part of time, in milliseconds since 1970, the end not included. Of what has no known end, both are the same. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The place in the schedule that a paper's session says. An offset that one of its times has holds for both. */
export function slotOf({ name, hall, start: startText, end: endText }: PaperSession): Slot {
  const start = parseSessionTime(startText);
  const end = parseSessionTime(endText);
  if (!start || !end) return { name, hall, start, end: undefined };
  const slot = { start: withOffsetOf(start, end), end: withOffsetOf(end, start) };
  return { name, hall, ...slot, end: isAfter(slot.end, slot.start) ? slot.end : undefined };
}

/** When a slot is. @param assumedOffset see `instantOf`. @returns undefined where the time of day is not known. */
export function intervalOf({ start, end }: Slot, assumedOffset: number): Interval | undefined {
  const from = start && instantOf(start, assumedOffset);
  if (from === undefined) return undefined;
  return { from, to: (end && instantOf(end, assumedOffset)) ?? from };
}

/**
 * Compares slots by day and time: those without a known time of day first in their day, those without a day last.
 * @param assumedOffset see `instantOf`.
 */
export function compareSlots(a: Slot, b: Slot, assumedOffset: number): number {
  if (a.start?.day !== b.start?.day) {
    if (!a.start || !b.start) return a.start ? -1 : 1;
    return a.start.day < b.start.day ? -1 : 1;
  }
  const [from, to] = [a, b].map((slot) => intervalOf(slot, assumedOffset)?.from ?? Number.NEGATIVE_INFINITY);
  return from === to ? 0 : from! - to!;
}

/** The offset that most slots have, in minutes ahead of UTC: what times without one are taken to have. 0 for none. */
export function commonOffset(slots: Iterable<Slot>): number {
  const counts = new Map<number, number>();
  for (const { start } of slots) {
    if (start?.offsetMinutes === undefined) continue;
    counts.set(start.offsetMinutes, (counts.get(start.offsetMinutes) ?? 0) + 1);
  }
  const [most] = Array.from(counts).sort(([a, n], [b, m]) => m - n || a - b);
  return most?.[0] ?? 0;
}

/** Whether an end can be that of a start: both days, or both times, and later. */
function isAfter(end: SessionTime, start: SessionTime): boolean {
  if (start.clockMs === undefined || end.clockMs === undefined) {
    return start.clockMs === end.clockMs && end.day > start.day;
  }
  return instantOf(end, 0)! > instantOf(start, 0)!;
}
