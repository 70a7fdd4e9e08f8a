import { onClockOf } from '../papers/time-zone.ts';
import { type Timetable, timetableOf } from '../search/schedule/timetable.ts';
import { talksOf } from './talks.ts';

/** The reader's time zone, such as `Europe/Vienna`. */
export function readerZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether a time can be shown on other clocks: it has a time of day, and its offset from UTC is known. */
export function hasOffset(time: string | undefined): boolean {
  return time !== undefined && /T.*[+-]\d{2}:\d{2}$/.test(time);
}

/**
 * A timetable on the clock of a time zone; talks move to the day on which they begin there. Times without an offset, and
 * days without a time, stay.
 */
export function onReaderClock(timetable: Timetable, zone: string): Timetable {
  const moved = (time: string | undefined) =>
    time !== undefined && hasOffset(time) ? onClockOf(zone, time) : time;
  const talks = talksOf(timetable);
  const clashes = new Map(talks.map((talk) => [talk.id, talk.clashes]));
  const { days, withoutTime } = timetableOf(
    talks.map(({ session, hall, start, end, rank, ...paper }) => ({
      paper: { ...paper, session: { name: session, hall, start: moved(start), end: moved(end) } },
      rank,
    })),
  );
  return {
    withoutTime,
    days: days.map((day) => ({
      ...day,
      halls: day.halls.map((hall) => ({
        ...hall,
        sessions: hall.sessions.map((session) => ({
          ...session,
          talks: session.talks.map((talk) => ({ ...talk, clashes: clashes.get(talk.id) })),
        })),
      })),
    })),
  };
}
