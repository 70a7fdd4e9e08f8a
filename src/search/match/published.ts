import type { FieldIndex } from '../../indexes/fields/field-index.ts';
import { firstDayOf } from '../../papers/day.ts';
import type { Paper } from '../../papers/paper.ts';
import { lowerBound } from '../../util/lower-bound.ts';

/** The first and the last day, as `firstDayOf` gives them. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The papers that were published in a range of days; none of those without a date. They are neighbours in the order of
 * dates, so only its ends are looked for, and some forty papers are read.
 */
export function publishedWithin(
  { from, to }: DayRange,
  fields: FieldIndex,
  paperAt: (doc: number) => Paper,
): readonly number[] {
  const newestFirst = fields.order('date', new Uint8Array(fields.size).fill(1), 0, fields.size);
  const firstOlderThan = (day: number) =>
    lowerBound(0, newestFirst.length, (place) => firstDayOf(paperAt(newestFirst[place]!)) >= day);
  return newestFirst.slice(firstOlderThan(to + 1), firstOlderThan(Math.max(from, 1)));
}
