/** When a session begins or ends, according to its source. */
export interface SessionTime {
  /** ISO 8601: a day, or a day and a time with the offset if the source has one ("2025-04-26T00:30:00-07:00"). */
  readonly text: string;
  /** The local day, YYYY-MM-DD. */
  readonly day: string;
  /** Local time in milliseconds, as if it were UTC; undefined if only the day is known. */
  readonly clockMs: number | undefined;
  /** Minutes ahead of UTC; undefined if unknown. */
  readonly offsetMinutes: number | undefined;
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** The largest offset in use is that of Kiribati. */
const MAX_OFFSET_MINUTES = 14 * 60;

/**
 * Reads a time in ISO 8601: a day, with or without a time, with or without an offset from UTC. Fractions of seconds
 * are dropped.
 * @returns undefined for any other text, and for a day or a time that does not exist.
 */
export function parseSessionTime(text: string | undefined): SessionTime | undefined {
  const parts = TIME.exec(text ?? '');
  if (!parts) return undefined;
  const [, day, hour, minute, second = '00', zone] = parts as unknown as [string, string, ...string[]];
  if (!isDay(day)) return undefined;
  if (hour === undefined) return { text: day, day, clockMs: undefined, offsetMinutes: undefined };
  const offsetMinutes = zone === undefined ? undefined : offsetOf(zone);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isTime || Math.abs(offsetMinutes ?? 0) > MAX_OFFSET_MINUTES) return undefined;
  const clock = `${day}T${hour}:${minute}:${second}`;
  return {
    text: clock + (offsetMinutes === undefined ? '' : offsetText(offsetMinutes)),
    day,
    clockMs: Date.parse(`${clock}Z`),
    offsetMinutes,
  };
}

/** Whether a text is a day that exists, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // Date reads 30 February as a day of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * The instant of a time, in milliseconds since 1970.
 * @param assumedOffset used for a time without one, in minutes ahead of UTC.
 * @returns undefined if only the day is known.
 */
export function instantOf(
  { clockMs, offsetMinutes }: SessionTime,
  assumedOffset: number,
): number | undefined {
  return clockMs === undefined ? undefined : clockMs - (offsetMinutes ?? assumedOffset) * 60_000;
}

/** A time with the offset of another time if it has no offset. */
export function withOffsetOf(time: SessionTime, { offsetMinutes }: SessionTime): SessionTime {
  if (time.clockMs === undefined || time.offsetMinutes !== undefined || offsetMinutes === undefined)
    return time;
  return { ...time, text: time.text + offsetText(offsetMinutes), offsetMinutes };
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? ['', '+', '0'];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -size : size;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
