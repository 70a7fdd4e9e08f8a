import { MAX_WORDS } from './vocabulary.ts';

const FIRST_SLOTS = 1 << 12;

/**
 * Numbers the keys of terms from 0, and counts the papers of each. A hash table with open addressing: a `Map` needs an
 * object for each key that is not a small whole number, and ten times the memory.
 */
export class TermCounts {
  /** Numbers of terms plus 1; 0 where a slot is free. At most half are taken. */
  #slots = new Uint32Array(FIRST_SLOTS);
  #keys = new Float64Array(FIRST_SLOTS / 2);
  #papers = new Uint32Array(FIRST_SLOTS / 2);
  #size = 0;

  /** How many terms there are. */
  get size(): number {
    return this.#size;
  }

  /** Counts one more paper of a term, and returns the term's number. */
  count(key: number): number {
    const slot = this.#slotOf(key);
    const known = this.#slots[slot]!;
    if (known > 0) {
      this.#papers[known - 1]!++;
      return known - 1;
    }
    const number = this.#size++;
    this.#slots[slot] = number + 1;
    this.#keys[number] = key;
    this.#papers[number] = 1;
    if (this.#size === this.#keys.length) this.#grow();
    return number;
  }

  /** The number of a key that was counted. */
  numberOf(key: number): number {
    return this.#slots[this.#slotOf(key)]! - 1;
  }

  /** How many papers have a term, by its number. */
  papersOf(number: number): number {
    return this.#papers[number]!;
  }

  /** The keys that at least so many papers have, ascending. */
  keysOf(least: number): Float64Array {
    return this.#keys
      .subarray(0, this.#size)
      .filter((_, number) => this.#papers[number]! >= least)
      .sort();
  }

  /** Where a key is, or would be. */
  #slotOf(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash(key) & mask;
    for (let found = slots[slot]!; found > 0 && this.#keys[found - 1] !== key; found = slots[slot]!) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(2 * this.#slots.length);
    const keys = new Float64Array(2 * this.#size);
    keys.set(this.#keys);
    this.#keys = keys;
    const papers = new Uint32Array(2 * this.#size);
    papers.set(this.#papers);
    this.#papers = papers;
    for (let number = 0; number < this.#size; number++) this.#slots[this.#slotOf(keys[number]!)] = number + 1;
  }
}

/** Multipliers of MurmurHash3, whose last step mixes the bits. */
function hash(key: number): number {
  const first = Math.floor(key / MAX_WORDS);
  let mixed = Math.imul(first, 0xcc9e2d51) ^ Math.imul(key - first * MAX_WORDS, 0x1b873593);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
