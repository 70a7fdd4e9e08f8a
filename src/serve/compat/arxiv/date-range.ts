import { badRequest } from './errors.ts';

/** The first and the last day, as numbers of the form 20230131. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

const RANGE = /^\[?\s*(\S+?)\s+TO\s+([^\s\]]+)\s*\]?$/i;
/** Year, then month, day, hour, minute and second, as far as given. */
const MOMENT = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\d{2})?)?)?)?)?$/;
/** The factor of a day: two digits of hours and two of minutes follow it. */
const MINUTES = 10_000;
const FIRST = ['01', '01', '00', '00'];
const LAST = ['12', '31', '23', '59'];

/**
 * Parses `[20230101 TO 202402]`, or a single date. Parts that a date leaves out are filled so that the range covers the
 * whole month or year. `*` is an open end. Papers are published at midnight GMT, so a range that starts after midnight
 * starts with the next day.
 * @throws PaperSearchError BAD_REQUEST for anything else.
 */
export function dayRangeOf(text: string): DayRange {
  const [, start, end] = RANGE.exec(text.trim()) ?? [];
  const single = text.trim().replace(/^\[|\]$/g, '');
  return {
    from: Math.ceil(minuteOf(start ?? single, FIRST, 0) / MINUTES),
    to: Math.floor(minuteOf(end ?? single, LAST, Number.MAX_SAFE_INTEGER) / MINUTES),
  };
}

/** A number of the form 202301312359: year, month, day, hour, minute. */
function minuteOf(text: string, fill: readonly string[], open: number): number {
  if (text === '*') return open;
  const [, year, ...parts] = MOMENT.exec(text) ?? [];
  if (year === undefined) {
    throw badRequest(
      `incorrect date ${text.slice(0, 40)}: write submittedDate:[202301010600 TO 202401010600]`,
    );
  }
  return Number(year + fill.map((filling, at) => parts[at] ?? filling).join(''));
}
