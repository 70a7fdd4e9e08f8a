import type { Talk, Timetable } from '../search/schedule/timetable.ts';

/** Every paper of a timetable, those without a time last. */
export function talksOf({ days, withoutTime }: Timetable): Talk[] {
  const placed = days.flatMap(({ halls }) =>
    halls.flatMap(({ sessions }) => sessions.flatMap(({ talks }) => talks)),
  );
  return [...placed, ...withoutTime];
}
