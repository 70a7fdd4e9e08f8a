/**
 * Whether numbers never fall, and none is above a limit: the ends of pieces that lie one after another.
 * @param most the largest that the last may be.
 */
export function isAscending(numbers: Uint32Array, most: number): boolean {
  let before = 0;
  for (const number of numbers) {
    if (number < before) return false;
    before = number;
  }
  return before <= most;
}

/** Whether all numbers are below a limit: places in a list of so many. */
export function areBelow(numbers: Uint32Array, limit: number): boolean {
  return numbers.every((number) => number < limit);
}
