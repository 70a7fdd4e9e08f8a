import type { Talk, TimetableDay } from '../search/schedule/timetable.ts';
import { compareTexts } from '../util/compare-texts.ts';
import { clockOf } from './clock.ts';

/** What begins within one hour in one hall and belongs to one session. */
interface GridPart {
  readonly session: string | undefined;
  readonly talks: readonly Talk[];
}

/** An hour of a day, with a cell for each hall. */
export interface GridRow {
  /** "09:00"; undefined for what has no known hour. */
  readonly hour: string | undefined;
  readonly cells: readonly (readonly GridPart[])[];
}

/** A day as a table: a row for each hour in which something begins, a column for each hall. */
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
  // What has no known hour stands first, as in the programme itself.
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
