import type { Talk, TimetableDay } from '../search/schedule/timetable.ts';
import { compareTexts } from '../util/compare-texts.ts';
import { clockOf } from './clock.ts';

/** Talks of one session that start within one hour in one room. */
interface GridPart {
  readonly session: string | undefined;
  readonly talks: readonly Talk[];
}

/** An hour of a day, with one cell per room. */
export interface GridRow {
  /** "09:00"; undefined for talks without a known hour. */
  readonly hour: string | undefined;
  readonly cells: readonly (readonly GridPart[])[];
}

/** A day as a table: one row per hour in which a talk starts, one column per room. */
export function gridOf({ halls }: TimetableDay): GridRow[] {
  const rows = new Map<string, GridPart[][]>();
  for (const [column, { sessions }] of halls.entries()) {
    for (const { name, talks } of sessions) {
      for (const [hour, begun] of byHour(talks)) {
        const cells = rows.get(hour) ?? halls.map(() => []);
        cells[column]!.push({ session: name, talks: begun });
        rows.set(hour, cells);
      }
    }
  }
  // Talks without a known hour come first, as in the schedule itself.
  return [...rows]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([hour, cells]) => ({ hour: hour === '' ? undefined : hour, cells }));
}

function byHour(talks: readonly Talk[]): Map<string, Talk[]> {
  const hours = new Map<string, Talk[]>();
  for (const talk of talks) {
    const clock = clockOf(talk.start ?? '');
    const hour = clock === undefined ? '' : `${clock.slice(0, 2)}:00`;
    hours.set(hour, [...(hours.get(hour) ?? []), talk]);
  }
  return hours;
}
