import { Growable } from '../../binary/growable.ts';

/**
 * A number for each word of ASCII letters, looked up in a text without cutting the word out of it: most of the time that
 * inverting texts takes would go into making the same strings again. A hash table with linear probing, at most half full.
 */
export class WordTable {
  /** Words so far in lower case, one after another; where each ends; their hashes and numbers. */
  readonly #letters = new Growable(Uint8Array, 1 << 16);
  readonly #ends = new Growable(Uint32Array);
  readonly #hashes = new Growable(Uint32Array);
  readonly #numbers = new Growable(Uint32Array);
  /** A word's place plus 1; 0 for none. */
  #slots = new Uint32Array(1 << 14);

  /**
   * The number of the word `[start, end)` of a text, in whatever case.
   * @param numberOf gives that of a word that is new, in lower case.
   */
  numberOf(text: string, start: number, end: number, numberOf: (word: string) => number): number {
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (text.charCodeAt(i) | 32), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const hashes = this.#hashes.array;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = slots[slot]! - 1;
      if (hashes[place] === hash && this.#is(place, text, start, end)) return this.#numbers.array[place]!;
    }
    const word = text.slice(start, end).toLowerCase();
    const number = numberOf(word);
    this.#add(word, hash, number, slot);
    return number;
  }

  #is(place: number, text: string, start: number, end: number): boolean {
    const letters = this.#letters.array;
    const ends = this.#ends.array;
    let at = place === 0 ? 0 : ends[place - 1]!;
    if (ends[place]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (letters[at++] !== (text.charCodeAt(i) | 32)) return false;
    return true;
  }

  #add(word: string, hash: number, number: number, slot: number): void {
    for (let i = 0; i < word.length; i++) this.#letters.push(word.charCodeAt(i));
    this.#ends.push(this.#letters.length);
    this.#hashes.push(hash);
    this.#numbers.push(number);
    this.#slots[slot] = this.#ends.length;
    if (this.#ends.length * 2 > this.#slots.length) this.#grow();
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let place = 0; place < this.#ends.length; place++) {
      let slot = this.#hashes.array[place]! & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = place + 1;
    }
  }
}
