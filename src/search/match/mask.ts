/** One byte a paper, 1 for those that match and 0 for the others. Masks of one index have one length. */
type Mask = Uint8Array;

/** How many papers match. */
export function count(mask: Mask): number {
  let sum = 0;
  for (let doc = 0; doc < mask.length; doc++) sum += mask[doc]!;
  return sum;
}

/** Removes from `mask` the papers that are not in `other`. */
export function intersect(mask: Mask, other: Mask): void {
  for (let doc = 0; doc < mask.length; doc++) mask[doc]! &= other[doc]!;
}

/** Adds to `mask` the papers of `other`. */
export function unite(mask: Mask, other: Mask): void {
  for (let doc = 0; doc < mask.length; doc++) mask[doc]! |= other[doc]!;
}

/** Removes from `mask` the papers for which a test does not hold. */
export function keep(mask: Mask, holds: (doc: number) => boolean): void {
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1 && !holds(doc)) mask[doc] = 0;
}
