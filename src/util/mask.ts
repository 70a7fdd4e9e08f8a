import { bitsOf } from './letter-bits.ts';

/** A set of the places 0 to length - 1: one byte a place, 1 or 0. Masks that are combined have the same length. */
type Mask = Uint8Array;

/** Places that are read at once. */
const WORD = 4;
/** Words whose bytes can be added up without carrying over. */
const MAX_SUMMED = 255;

/** The places of a mask by four; none where they do not begin at a multiple of four in their buffer. */
function wordsOf(mask: Mask): Uint32Array {
  return mask.byteOffset % WORD === 0
    ? new Uint32Array(mask.buffer, mask.byteOffset, Math.floor(mask.length / WORD))
    : new Uint32Array(0);
}

/** How many places are set. */
export function count(mask: Mask): number {
  const words = wordsOf(mask);
  let sum = 0;
  for (let start = 0; start < words.length; start += MAX_SUMMED) {
    const end = Math.min(start + MAX_SUMMED, words.length);
    let bytes = 0;
    for (let word = start; word < end; word++) bytes = (bytes + words[word]!) | 0;
    sum += (bytes & 255) + ((bytes >>> 8) & 255) + ((bytes >>> 16) & 255) + (bytes >>> 24);
  }
  for (let place = words.length * WORD; place < mask.length; place++) sum += mask[place]!;
  return sum;
}

/** The places that are set, ascending. @param set how many are, where it is known. */
export function placesOf(mask: Mask, set = count(mask)): Uint32Array {
  // One more, for the place that is written after the last one.
  const places = new Uint32Array(set + 1);
  const words = wordsOf(mask);
  let found = 0;
  for (let word = 0; word < words.length; word++) {
    const four = words[word]!;
    if (four === 0) continue;
    // The first place of four is in the lowest byte. Each is written, and kept if it is set: no branch to mispredict.
    const place = word * WORD;
    places[found] = place;
    found += four & 1;
    places[found] = place + 1;
    found += (four >>> 8) & 1;
    places[found] = place + 2;
    found += (four >>> 16) & 1;
    places[found] = place + 3;
    found += four >>> 24;
  }
  for (let place = words.length * WORD; place < mask.length; place++)
    if (mask[place] === 1) places[found++] = place;
  return places.subarray(0, found);
}

/** The places of a mask as bits, 32 places a number, the low bits first. */
export function bitsOfMask(mask: Mask): Uint32Array {
  const bits = new Uint32Array(Math.ceil(mask.length / 32));
  const words = wordsOf(mask);
  // The product moves the lowest bits of four bytes next to each other.
  for (let word = 0; word < words.length; word++)
    bits[word >>> 3]! |= (Math.imul(words[word]!, 0x01020408) >>> 24) << (WORD * (word & 7));
  for (let place = words.length * WORD; place < mask.length; place++)
    bits[place >>> 5]! |= mask[place]! << (place & 31);
  return bits;
}

/** How many bits are set in both. */
export function countCommon(bits: Uint32Array, others: Uint32Array): number {
  let sum = 0;
  for (let word = 0; word < bits.length; word++) sum += bitsOf(bits[word]! & others[word]!);
  return sum;
}

/** Clears in `mask` what is not set in `other`. */
export function intersect(mask: Mask, other: Mask): void {
  const [own, others] = [wordsOf(mask), wordsOf(other)];
  const whole = Math.min(own.length, others.length);
  for (let word = 0; word < whole; word++) own[word]! &= others[word]!;
  for (let place = whole * WORD; place < mask.length; place++) mask[place]! &= other[place]!;
}

/** Sets in `mask` what is set in `other`. */
export function unite(mask: Mask, other: Mask): void {
  const [own, others] = [wordsOf(mask), wordsOf(other)];
  const whole = Math.min(own.length, others.length);
  for (let word = 0; word < whole; word++) own[word]! |= others[word]!;
  for (let place = whole * WORD; place < mask.length; place++) mask[place]! |= other[place]!;
}

/** Clears in `mask` what is set in `other`. */
export function remove(mask: Mask, other: Mask): void {
  const [own, others] = [wordsOf(mask), wordsOf(other)];
  const whole = Math.min(own.length, others.length);
  for (let word = 0; word < whole; word++) own[word]! &= ~others[word]!;
  for (let place = whole * WORD; place < mask.length; place++) if (other[place] === 1) mask[place] = 0;
}

/** Clears in `mask` what does not satisfy a condition; asks only about places that are set. */
export function keep(mask: Mask, satisfies: (place: number) => boolean): void {
  for (let place = 0; place < mask.length; place++)
    if (mask[place] === 1 && !satisfies(place)) mask[place] = 0;
}
