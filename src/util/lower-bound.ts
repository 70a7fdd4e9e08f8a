/**
 * The first place from `low` up to, not including, `high` that `isBefore` does not hold for; `high` when it holds for
 * all. Binary search, so no place that it holds for may follow one that it does not hold for.
 */
export function lowerBound(low: number, high: number, isBefore: (place: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isBefore(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}
