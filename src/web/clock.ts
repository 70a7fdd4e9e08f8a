/*
 * Times as a schedule gives them: ISO 8601 on the clock of the conference. They are read as text, so that the
 * reader's time zone does not change them.
 */

const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const shortDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** "Saturday 26 April 2025". @param day YYYY-MM-DD. */
export function formatDay(day: string): string {
  return longDay.format(new Date(day)).replace(',', '');
}

/** "Sat 26 Apr". @param day YYYY-MM-DD. */
export function formatShortDay(day: string): string {
  return shortDay.format(new Date(day)).replace(',', '');
}

/** "09:30"; undefined if only the day is known. */
export function clockOf(time: string): string | undefined {
  return /^.{10}T(\d{2}:\d{2})/.exec(time)?.[1];
}

/** "09:30–09:45", "23:30 – Sun 27 Apr 00:30", "all day". @param start, end as in a `Talk`. */
export function formatTimes(start: string, end: string | undefined): string {
  const from = clockOf(start);
  const until = end === undefined ? undefined : clockOf(end);
  if (from === undefined) return end === undefined ? 'all day' : `until ${formatShortDay(end.slice(0, 10))}`;
  if (end === undefined || until === undefined) return from;
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return sameDay ? `${from}–${until}` : `${from} – ${formatShortDay(end.slice(0, 10))} ${until}`;
}

/** The time zone of a schedule, such as "UTC−07:00". @returns undefined if it is unknown or not the same for all times. */
export function zoneOf(times: readonly string[]): string | undefined {
  const offsets = new Set(times.map((time) => /[+-]\d{2}:\d{2}$/.exec(time)?.[0]));
  const [offset] = offsets;
  if (offsets.size !== 1 || offset === undefined) return undefined;
  return offset === '+00:00' ? 'UTC' : `UTC${offset.replace('-', '−')}`;
}
