import { lowerBound } from '../../../util/lower-bound.ts';
/** The terms of a segment as it keeps them. */
export interface TermArrays {
  readonly termBytes: Uint8Array;
  readonly termEnds: Uint32Array;
  readonly termSlots: Uint32Array;
}

/** The terms of a segment in the order of their UTF-16 code units; a term's place in it is its number. */
export class TermDictionary {
  readonly size: number;
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;
  /** Its hash table may be made at the first use. */
  readonly #terms: TermArrays;

  constructor(terms: TermArrays) {
    const { termBytes, termEnds } = terms;
    this.#terms = terms;
    this.#bytes = Buffer.from(termBytes.buffer, termBytes.byteOffset, termBytes.length);
    this.#ends = termEnds;
    this.size = termEnds.length;
  }

  /** The term with a number. */
  term(number: number): string {
    return this.#bytes.toString('utf8', this.#start(number), this.#ends[number]!);
  }

  /** The number of a term; -1 for an unknown one. @param hash its `hashOf`, where it is looked up in many dictionaries. */
  find(term: string, hash = hashOf(term)): number {
    const slots = this.#terms.termSlots;
    if (slots.length === 0) return -1;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]! - 1;
      if (number < 0) return -1;
      if (this.#is(number, term)) return number;
    }
  }

  /**
   * The number of the first term that is not before `text`. Terms with a common prefix follow one another.
   * @param from a number that it is known not to be below; the nearer, the faster.
   */
  lowerBound(text: string, from = 0): number {
    let [start, end] = [from, this.size];
    if (from > 0) {
      let step = 1;
      for (; start + step < end && this.term(start + step - 1) < text; step *= 2) start += step;
      end = Math.min(end, start + step);
    }
    return lowerBound(start, end, (number) => this.term(number) < text);
  }

  #start(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  /** Compares without decoding where both are ASCII. */
  #is(number: number, term: string): boolean {
    const start = this.#start(number);
    const end = this.#ends[number]!;
    for (let i = 0; i < term.length; i++) {
      const code = term.charCodeAt(i);
      if (code > 127) return this.term(number) === term;
      if (start + i >= end || this.#bytes[start + i] !== code) return false;
    }
    return start + term.length === end;
  }
}

/**
 * A hash table over terms: slots with a term's number plus 1, 0 for none; of the size of a power of two, at most
 * half full, collisions in the next slot (linear probing).
 * @param terms without the table.
 */
export function termSlots({ termBytes, termEnds }: Pick<TermArrays, 'termBytes' | 'termEnds'>): Uint32Array {
  const count = termEnds.length;
  if (count === 0) return new Uint32Array(0);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2)));
  const mask = slots.length - 1;
  const bytes = Buffer.from(termBytes.buffer, termBytes.byteOffset, termBytes.length);
  let start = 0;
  for (let number = 0; number < count; number++) {
    const end = termEnds[number]!;
    let slot = hashOfBytes(bytes, start, end) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
    start = end;
  }
  return slots;
}

/** The `hashOf` a text in UTF-8; of ASCII without decoding it. */
function hashOfBytes(bytes: Buffer, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 127) return hashOf(bytes.toString('utf8', start, end));
    hash = Math.imul(hash ^ byte, FNV_PRIME);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units (Fowler, Noll and Vo), its high bits mixed in. */
export function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return (hash ^ (hash >>> 15)) >>> 0;
}
