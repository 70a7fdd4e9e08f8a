/**
 * The first place in `[low, high)` for which `isBefore` is false; `high` when it is true for all. Binary search, so
 * `isBefore` must not be true again after it was false.
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
