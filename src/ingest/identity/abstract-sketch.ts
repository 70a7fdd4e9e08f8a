/** Hashes kept of an abstract: the likeness of two is right to about a tenth. */
const SIZE = 48;

/** The smallest hashes of the words of a text, ascending: a sample of its words that is the same for equal words. */
export type Sketch = Uint32Array;

/** Room for the words of a text, used again for every text; of longer ones the beginning counts. */
const HASHES = new Uint32Array(16_384);

/** The sketch of an abstract (bottom-k sketch: Broder, 1997); undefined of an empty one. */
export function sketchOf(abstract: string): Sketch | undefined {
  const text = abstract.toLowerCase();
  let count = 0;
  let hash = 0;
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    const isWord = code > 127 || (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (isWord) {
      // FNV-1a, 32 bits.
      hash = Math.imul((length === 0 ? 0x811c9dc5 : hash) ^ code, 0x01000193);
      length++;
    } else if (length > 0) {
      // Mixed, so that the smallest are a fair sample.
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      if (count < HASHES.length) HASHES[count++] = hash ^ (hash >>> 13);
      length = 0;
    }
  }
  const hashes = HASHES.subarray(0, count).sort();
  const smallest = new Uint32Array(SIZE);
  let size = 0;
  for (let at = 0; at < count && size < SIZE; at++) {
    if (at === 0 || hashes[at] !== hashes[at - 1]) smallest[size++] = hashes[at]!;
  }
  return size === 0 ? undefined : smallest.slice(0, size);
}

/** Words of an abstract from which on it says something when few of them are in another. */
const ENOUGH = 12;

/** Whether two abstracts are long enough, and have so little in common, that they are of two papers. */
export function areUnlike(a: Sketch | undefined, b: Sketch | undefined, below: number): boolean {
  return (
    a !== undefined && b !== undefined && Math.min(a.length, b.length) >= ENOUGH && likeness(a, b)! < below
  );
}

/**
 * How many of the words of two abstracts both have, estimated (Jaccard coefficient, 0 to 1).
 * @returns undefined where one of them is missing.
 */
export function likeness(a: Sketch | undefined, b: Sketch | undefined): number | undefined {
  if (!a || !b) return undefined;
  let [i, j, seen, common] = [0, 0, 0, 0];
  while (seen < SIZE && (i < a.length || j < b.length)) {
    const [x, y] = [a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY];
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
    seen++;
  }
  return common / seen;
}
