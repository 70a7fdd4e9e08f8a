/** Instants in milliseconds since 1970, both inclusive; open where undefined. */
export interface InstantRange {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** The forms that `instantRangeOf` reads, for messages. */
export const INSTANTS_EXPECTED =
  '2026-11-30, 2026-11-30T08:00, 2026-11-01..2026-11-30, >=2026-11-30, <2026-11, 2026.. or ..2026';

const DAY_MS = 86_400_000;
/** The instants that can be written with a year of four digits. */
const FIRST_MS = Date.UTC(1000, 0);
const LAST_MS = Date.UTC(10_000, 0) - 1;
const PERIOD =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d\d:\d\d)?)?)?)?$/i;

/**
 * Reads a year, a month, a day or an instant, or a range of them: `2026`, `2026-11`, `2026-11-30`, `2026-11-30T08:00`,
 * `2026-11-30T08:00:15.250+01:00`, `2026-11-01..2026-11-30`, `2026-11-01..`, `..2026-11`, `>=2026-11-30`, `<2026`. Days
 * begin and end in UTC, and so are instants without an offset.
 * @returns from the first to the last millisecond; undefined for anything else, a date that does not exist, and a range
 *   that ends before it begins.
 */
export function instantRangeOf(text: string): InstantRange | undefined {
  const compared = /^(>=|<=|>|<)(.+)$/.exec(text);
  if (compared) {
    const period = periodOf(compared[2]!);
    return period && comparedTo(compared[1]!, period);
  }
  const at = text.indexOf('..');
  if (at < 0) return periodOf(text);
  const [first, last] = [text.slice(0, at), text.slice(at + 2)];
  const [start, end] = [periodOf(first), periodOf(last)];
  if ((!start && first !== '') || (!end && last !== '')) return undefined;
  return instantRangeBetween(start?.from, end?.to);
}

/**
 * The range from one instant to another, both inclusive.
 * @returns undefined when neither is given, one is not a whole number or not in the years 1000 to 9999, or the first is
 *   the later one.
 */
export function instantRangeBetween(
  from: number | undefined,
  to: number | undefined,
): InstantRange | undefined {
  if (from === undefined && to === undefined) return undefined;
  const areInstants = [from, to].every(
    (ms) => ms === undefined || (Number.isInteger(ms) && ms >= FIRST_MS && ms <= LAST_MS),
  );
  return areInstants && (from ?? FIRST_MS) <= (to ?? LAST_MS) ? { from, to } : undefined;
}

/** A range as `instantRangeOf` reads it: in days where it begins and ends with one. */
export function printInstants({ from, to }: InstantRange): string {
  const first = from === undefined ? '' : from % DAY_MS === 0 ? dayOf(from) : instantText(from);
  const last = to === undefined ? '' : (to + 1) % DAY_MS === 0 ? dayOf(to) : instantText(to);
  return first === last ? first : `${first}..${last}`;
}

/** An instant in UTC, as papers have it: `2026-11-30T08:00:00.000Z`. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString();
}

function dayOf(ms: number): string {
  return instantText(ms).slice(0, 10);
}

type Period = { readonly from: number; readonly to: number };

function comparedTo(sign: string, { from, to }: Period): InstantRange | undefined {
  if (sign === '>') return instantRangeBetween(to + 1, undefined);
  if (sign === '>=') return instantRangeBetween(from, undefined);
  return instantRangeBetween(undefined, sign === '<' ? from - 1 : to);
}

/** The first and the last millisecond of a year, month, day, minute, second or fraction of it. */
function periodOf(text: string): Period | undefined {
  const found = PERIOD.exec(text)?.groups;
  if (!found) return undefined;
  const { year, month, day, hour, minute, second, fraction, zone } = found;
  const [years, months, days] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const [hours, minutes, seconds] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  const ms = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const from = Date.UTC(years, months, days, hours, minutes, seconds, ms);
  const date = new Date(from);
  const exists =
    date.getUTCFullYear() === years &&
    date.getUTCMonth() === months &&
    date.getUTCDate() === days &&
    hours < 24 &&
    minutes < 60 &&
    seconds < 60;
  const offset = offsetMs(zone);
  if (!exists || offset === undefined) return undefined;
  const next =
    month === undefined
      ? Date.UTC(years + 1, 0)
      : day === undefined
        ? Date.UTC(years, months + 1)
        : from + spanMs(hour, second, fraction);
  return instantRangeBetween(from - offset, next - 1 - offset) as Period | undefined;
}

/** How long what is written lasts: a day, a minute, a second, or one unit of its last digit. */
function spanMs(hour: string | undefined, second: string | undefined, fraction: string | undefined): number {
  if (hour === undefined) return DAY_MS;
  if (second === undefined) return 60_000;
  return 10 ** Math.max(0, 3 - (fraction?.length ?? 0));
}

function offsetMs(zone = 'Z'): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
