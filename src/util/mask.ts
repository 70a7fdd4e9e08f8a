/** A set of the places 0 to length - 1: one byte a place, 1 or 0. Masks that are combined have the same length. */
type Mask = Uint8Array;

/** How many places are set. */
export function count(mask: Mask): number {
  let sum = 0;
  for (let place = 0; place < mask.length; place++) sum += mask[place]!;
  return sum;
}

/** Clears in `mask` what is not set in `other`. */
export function intersect(mask: Mask, other: Mask): void {
  for (let place = 0; place < mask.length; place++) mask[place]! &= other[place]!;
}

/** Sets in `mask` what is set in `other`. */
export function unite(mask: Mask, other: Mask): void {
  for (let place = 0; place < mask.length; place++) mask[place]! |= other[place]!;
}

/** Clears in `mask` what does not satisfy a condition; asks only about places that are set. */
export function keep(mask: Mask, satisfies: (place: number) => boolean): void {
  for (let place = 0; place < mask.length; place++)
    if (mask[place] === 1 && !satisfies(place)) mask[place] = 0;
}
