/** Papers that are meant: one byte a paper, 1 or 0. Two that are put together are of one length. */
type Mask = Uint8Array;

/** How many papers are meant. */
export function count(mask: Mask): number {
  let sum = 0;
  for (let doc = 0; doc < mask.length; doc++) sum += mask[doc]!;
  return sum;
}

/** Keeps in `mask` what is in `other` too. */
export function intersect(mask: Mask, other: Mask): void {
  for (let doc = 0; doc < mask.length; doc++) mask[doc]! &= other[doc]!;
}

/** Adds to `mask` what is in `other`. */
export function unite(mask: Mask, other: Mask): void {
  for (let doc = 0; doc < mask.length; doc++) mask[doc]! |= other[doc]!;
}

/** Keeps in `mask` what holds for the paper. */
export function keep(mask: Mask, holds: (doc: number) => boolean): void {
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1 && !holds(doc)) mask[doc] = 0;
}
