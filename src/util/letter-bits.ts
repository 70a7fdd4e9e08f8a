/**
 * The set of letters of a text in 32 bits; letters may share a bit. An edit changes at most two of them, and one that
 * makes the text longer or shorter at most one, so that most texts that are too far from another need not be compared
 * (signature of Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16, 2011).
 */
export function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
export function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many bits of their letters can differ at most between two texts. @param difference of their lengths. */
export function mostDifferent(edits: number, difference: number): number {
  return 2 * edits - Math.abs(difference);
}
