import type { PaperSession } from '../../papers/paper.ts';
import { instantOf, parseSessionTime, type SessionTime, withOffsetOf } from './session-time.ts';

/** A slot in a schedule, with parsed times. */
export interface Slot {
  readonly name: string | undefined;
  readonly hall: string | undefined;
  /** Undefined if the source has none, or one that cannot be parsed. */
  readonly start: SessionTime | undefined;
  /** Undefined likewise, and if it is before the start. */
  readonly end: SessionTime | undefined;
}

/** A period in milliseconds since 1970, excluding its end. If the end is unknown, it equals the start. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The slot of a paper's session. If one of its times has an offset, it applies to both. */
export function slotOf({ name, hall, start: startText, end: endText }: PaperSession): Slot {
  const start = parseSessionTime(startText);
  const end = parseSessionTime(endText);
  if (!start || !end) return { name, hall, start, end: undefined };
  const slot = { start: withOffsetOf(start, end), end: withOffsetOf(end, start) };
  return { name, hall, ...slot, end: isAfter(slot.end, slot.start) ? slot.end : undefined };
}

/** When a slot is. @param assumedOffset see `instantOf`. @returns undefined if the time of day is unknown. */
export function intervalOf({ start, end }: Slot, assumedOffset: number): Interval | undefined {
  const from = start && instantOf(start, assumedOffset);
  if (from === undefined) return undefined;
  return { from, to: (end && instantOf(end, assumedOffset)) ?? from };
}

/**
 * Compares slots by day and time: slots without a time of day first in their day, slots without a day last.
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

/** The most frequent offset of the slots, in minutes ahead of UTC; assumed for times without one. Default 0. */
export function commonOffset(slots: Iterable<Slot>): number {
  const counts = new Map<number, number>();
  for (const { start } of slots) {
    if (start?.offsetMinutes === undefined) continue;
    counts.set(start.offsetMinutes, (counts.get(start.offsetMinutes) ?? 0) + 1);
  }
  const [most] = Array.from(counts).sort(([a, n], [b, m]) => m - n || a - b);
  return most?.[0] ?? 0;
}

/** Whether an end fits a start: both days, or both times, and later. */
function isAfter(end: SessionTime, start: SessionTime): boolean {
  if (start.clockMs === undefined || end.clockMs === undefined) {
    return start.clockMs === end.clockMs && end.day > start.day;
  }
  return instantOf(end, 0)! > instantOf(start, 0)!;
}
