// Indexes have many millions of numbers, which are checked whenever one is opened: loops by place take a tenth of the time of
// `every`, and a seventh of that of loops by value.

/**
 * Whether numbers never decrease, and the last is at most `max`: the ends of consecutive pieces.
 */
export function isAscending(numbers: Uint32Array, max: number): boolean {
  let before = 0;
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (number < before) return false;
    before = number;
  }
  return before <= max;
}

/** Whether all numbers are below a limit, as places in a list of that length. */
export function areBelow(numbers: Uint32Array, limit: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! >= limit) return false;
  return true;
}

/** The sum of whole numbers; exact up to 2^53. */
export function sumOf(numbers: Uint32Array): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
  return sum;
}
