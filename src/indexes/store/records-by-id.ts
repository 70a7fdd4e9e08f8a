import type { TextArrays } from '../binary/packed-texts.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a of `bytes[start, end)`, whole and of 32 bits, with sign. @param seed what it begins with. */
function hashOfBytes(bytes: Uint8Array, start: number, end: number, seed = FNV_OFFSET): number {
  let hash = seed | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, FNV_PRIME);
  return hash;
}

/** As `hashOfBytes`, of a text in UTF-8. */
export function hashOfText(text: string): number {
  const bytes = Buffer.from(text);
  return hashOfBytes(bytes, 0, bytes.length);
}

/** As `hashOfBytes`, of each of several texts. */
export function hashesOf({ bytes, ends }: TextArrays): Int32Array {
  const hashes = new Int32Array(ends.length);
  let start = 0;
  for (let n = 0; n < ends.length; n++) {
    hashes[n] = hashOfBytes(bytes, start, ends[n]!);
    start = ends[n]!;
  }
  return hashes;
}

/**
 * Finds records by their file and the id that they have there: a hash table with chains of records, so that equal keys cost
 * no more than others to add.
 */
export class RecordsById {
  readonly #ids: TextArrays;
  readonly #files: Uint32Array;
  /** The first record of each chain, and the one after each record, plus 1; 0 for none. */
  readonly #heads: Uint32Array;
  readonly #next: Uint32Array;

  /** @param ids of the records. @param files the number of the file of each. */
  constructor(ids: TextArrays, files: Uint32Array) {
    this.#ids = ids;
    this.#files = files;
    const size = files.length;
    this.#heads = new Uint32Array(2 ** Math.ceil(Math.log2(size + 1)));
    this.#next = new Uint32Array(size);
    // The last first: chains are ascending.
    for (let number = size - 1; number >= 0; number--) {
      const chain = this.#chainOf(files[number]!, ids.bytes, this.#startOf(number), ids.ends[number]!);
      this.#next[number] = this.#heads[chain]!;
      this.#heads[chain] = number + 1;
    }
  }

  /** The numbers of the records with an id in a file, ascending. @param file its number. */
  find(file: number, id: string): number[] {
    const bytes = Buffer.from(id);
    const found: number[] = [];
    let number = this.#heads[this.#chainOf(file, bytes, 0, bytes.length)]! - 1;
    for (; number >= 0; number = this.#next[number]! - 1) {
      if (this.#files[number] === file && this.#is(number, bytes)) found.push(number);
    }
    return found;
  }

  #is(number: number, id: Buffer): boolean {
    const start = this.#startOf(number);
    const end = this.#ids.ends[number]!;
    return end - start === id.length && id.equals(this.#ids.bytes.subarray(start, end));
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ids.ends[number - 1]!;
  }

  #chainOf(file: number, bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOfBytes(bytes, start, end, Math.imul(file + 1, FNV_OFFSET));
    return (hash ^ (hash >>> 15)) & (this.#heads.length - 1);
  }
}
