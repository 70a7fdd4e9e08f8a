/** A day and a time of day, with or without an offset from UTC. */
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

const MINUTE_MS = 60_000;

/** Formatters by zone: making one takes longer than a thousand uses. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether a text names a time zone of the IANA database, such as `Asia/Singapore`, or is `UTC`. */
export function isTimeZone(text: string): boolean {
  // Offsets such as "+08:00" are zones to newer programs only, and have no summer time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * A time on the clock of a zone, with the offset that the zone has then: `2025-04-26T16:18:00+08:00`.
 * @param time ISO 8601. Without an offset it is a time of that clock already, and gets its offset: of an hour that occurs
 *   twice the first one, and in an hour that is skipped the offset before.
 * @param zone see `isTimeZone`.
 * @returns a day without a time, and a text that is not a time, unchanged.
 */
export function onClockOf(zone: string, time: string): string {
  const [, day, clock, second = '00', offset] = TIME.exec(time) ?? [];
  if (day === undefined || clock === undefined) return time;
  const asUtc = Date.parse(`${day}T${clock}:${second}Z`);
  if (Number.isNaN(asUtc)) return time;
  if (offset !== undefined) return clockAt(zone, asUtc - minutesOf(offset) * MINUTE_MS);
  // The offsets half a day around are those before and after a change.
  const [before, after] = [-1, 1].map((sign) => offsetAt(zone, asUtc + sign * 12 * 60 * MINUTE_MS)) as [
    number,
    number,
  ];
  const fits = [before, after].find((minutes) => offsetAt(zone, asUtc - minutes * MINUTE_MS) === minutes);
  return `${day}T${clock}:${second}${offsetText(fits ?? before)}`;
}

function clockAt(zone: string, instant: number): string {
  const minutes = offsetAt(zone, instant);
  return new Date(instant + minutes * MINUTE_MS).toISOString().slice(0, 19) + offsetText(minutes);
}

/** Minutes that a zone is ahead of UTC at an instant. */
function offsetAt(zone: string, instant: number): number {
  const parts = formatterOf(zone).formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  // "GMT+08:00"; "GMT" alone is UTC. Offsets before 1900 have seconds, which are dropped.
  return minutesOf(/[+-]\d{2}:\d{2}/.exec(name)?.[0] ?? 'Z');
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, made);
  return made;
}

/** @param offset `Z`, `+08`, `+0800` or `+08:00`. */
function minutesOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
