/**
 * Whether numbers never decrease, and the last is at most `max`: the ends of consecutive pieces.
 */
export function isAscending(numbers: Uint32Array, max: number): boolean {
  let before = 0;
  for (const number of numbers) {
    if (number < before) return false;
    before = number;
  }
  return before <= max;
}

/** Whether all numbers are below a limit, as places in a list of that length. */
export function areBelow(numbers: Uint32Array, limit: number): boolean {
  return numbers.every((number) => number < limit);
}
