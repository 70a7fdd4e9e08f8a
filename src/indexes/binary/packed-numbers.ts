import { decodingTable, MAX_CODE_LENGTH } from './huffman.ts';

/*
 * Numbers below 2^32 in few bits. Each is a symbol and, for larger ones, as many of its lower bits as the symbol says:
 * below 16 the number itself, else its highest four bits and how many follow. The symbols have a prefix code (huffman.ts),
 * one in each context: numbers that are distributed alike. `number-packer.ts` writes what is read here.
 */

export const DIRECT = 16;
/** Symbols: those below 16, and eight for every power of two from 2^4 to 2^31. */
export const SYMBOLS = DIRECT + 8 * 28;
const TABLE_SIZE = 1 << MAX_CODE_LENGTH;

/** Contexts of numbers of which each has as context the one before, or the last if that is larger. */
export const CHAINED_CONTEXTS = 8;

/** Packed numbers: the codes of their symbols, and the bits. */
export interface PackedNumbers {
  readonly codes: Uint8Array;
  readonly bits: Uint32Array;
}

/*
 * An entry of a decoding table: how many bits are a number's code (five bits), how many follow (five), the number's highest
 * bits (four), and how many it takes in all. Small and larger numbers are read by the same steps: of a small one, the
 * highest bits are all. A shift is by the lower five bits of its right side, so that some need not be cut out.
 */
const EXTRA_SHIFT = 5;
const HIGH_SHIFT = 10;
const TOTAL_SHIFT = 14;
/** Numbers of more bits, or whose code and bits are not in 32: read in two steps. */
const MAX_EXTRA = 26;
const IS_LONG = 1 << 20;

/*
 * An entry of a table of several numbers that follow one another, each in the context of the one before: how many bits
 * they take, how many there are (0 where the first is not below CHAINED_CONTEXTS), and three bits for each.
 */
const COUNT_SHIFT = 4;
const VALUES_SHIFT = 7;
const VALUE_BITS = 3;
const MAX_SEVERAL = 7;

/** Reads packed numbers in order. It never reads beyond its memory; `isAtEnd` says whether what it read was all. */
export class NumberReader {
  readonly #tables: Uint32Array;
  #bits: Uint32Array;
  /** Of `chained`, made at the first call, and the limit that it was made for. */
  #several: { readonly limit: number; readonly table: Int32Array } | undefined;
  /** The word and the bit in it that are next. */
  #word = 0;
  #bit = 0;

  /** @returns undefined if the codes are damaged. */
  static open({ codes, bits }: PackedNumbers, contexts: number): NumberReader | undefined {
    const tables = tablesOf(codes, contexts);
    return tables && new NumberReader(tables, bits);
  }

  private constructor(tables: Uint32Array, bits: Uint32Array) {
    this.#tables = tables;
    this.#bits = bits;
  }

  /**
   * Continues at a place that was marked when the numbers were packed.
   * @param bits the words from the one that the place is in, two beyond those that are read.
   */
  continueIn(bits: Uint32Array, bit: number): void {
    this.#bits = bits;
    this.#word = 0;
    this.#bit = bit;
  }

  /** The next number, which has a context. */
  next(context: number): number {
    const words = this.#bits;
    const word = this.#word;
    const bit = this.#bit;
    const next = (words[word]! >>> bit) | ((words[word + 1]! << 1) << ~bit);
    const entry = this.#tables[(context << MAX_CODE_LENGTH) | (next & (TABLE_SIZE - 1))]!;
    if (entry >= IS_LONG) return this.#nextLong(entry);
    this.#advance(entry >>> TOTAL_SHIFT);
    return numberOf(entry, next);
  }

  /** Fills the target with the values of numbers, which have a context. @returns whether all have a value. */
  fill(context: number, target: Uint8Array, values: Uint16Array): boolean {
    for (let i = 0; i < target.length; i++) {
      const number = this.next(context);
      if (number >= values.length) return false;
      target[i] = values[number]!;
    }
    return true;
  }

  /**
   * Fills `target[start, end)` with ascending numbers from their differences less 1, which have a context.
   * @param before the number before the first. @returns the last.
   */
  ascending(context: number, target: Uint32Array, start: number, end: number, before = -1): number {
    // As `next`, with all that changes in local variables: half the time. Shifts are by the lower five bits.
    const words = this.#bits;
    const tables = this.#tables;
    const own = context << MAX_CODE_LENGTH;
    let from = this.#word;
    let bit = this.#bit;
    let last = before;
    for (let i = start; i < end; i++) {
      const word = from + (bit >>> 5);
      const next = (words[word]! >>> bit) | ((words[word + 1]! << 1) << ~bit);
      const entry = tables[own | (next & (TABLE_SIZE - 1))]!;
      if (entry >= IS_LONG) {
        this.#word = word;
        this.#bit = bit & 31;
        last += this.next(context) + 1;
        from = this.#word;
        bit = this.#bit;
      } else {
        last += numberOf(entry, next) + 1;
        bit += entry >>> TOTAL_SHIFT;
      }
      target[i] = last;
    }
    this.#word = from + (bit >>> 5);
    this.#bit = bit & 31;
    return last;
  }

  /**
   * Fills the target with the values of numbers, of which each has as context the one before, at most
   * CHAINED_CONTEXTS - 1.
   * @param first the context of the first. @returns whether all have a value.
   */
  chained(target: Uint16Array, values: Uint16Array, first = 0): boolean {
    const { length } = values;
    if (this.#several?.limit !== length)
      this.#several = { limit: length, table: severalTable(this.#tables, length) };
    const several = this.#several.table;
    const words = this.#bits;
    const tables = this.#tables;
    const lastOfMany = target.length - MAX_SEVERAL;
    let word = this.#word;
    let bit = this.#bit;
    let context = first;
    for (let i = 0; i < target.length; ) {
      const next = (words[word]! >>> bit) | ((words[word + 1]! << 1) << ~bit);
      const place = (context << MAX_CODE_LENGTH) | (next & (TABLE_SIZE - 1));
      const many = several[place]!;
      const count = (many >>> COUNT_SHIFT) & 7;
      if (count !== 0 && i <= lastOfMany) {
        // As many as there can be: those too many are written again, which takes less time than a loop.
        target[i] = values[(many >>> VALUES_SHIFT) & 7]!;
        target[i + 1] = values[(many >>> (VALUES_SHIFT + 3)) & 7]!;
        target[i + 2] = values[(many >>> (VALUES_SHIFT + 6)) & 7]!;
        target[i + 3] = values[(many >>> (VALUES_SHIFT + 9)) & 7]!;
        target[i + 4] = values[(many >>> (VALUES_SHIFT + 12)) & 7]!;
        target[i + 5] = values[(many >>> (VALUES_SHIFT + 15)) & 7]!;
        target[i + 6] = values[(many >>> (VALUES_SHIFT + 18)) & 7]!;
        i += count;
        context = (many >>> (VALUES_SHIFT - VALUE_BITS + VALUE_BITS * count)) & 7;
        bit += many & 15;
      } else {
        const entry = tables[place]!;
        const value = numberOf(entry, next);
        if (entry >= IS_LONG || value >= values.length) return false;
        target[i++] = values[value]!;
        context = value < CHAINED_CONTEXTS ? value : CHAINED_CONTEXTS - 1;
        bit += entry >>> TOTAL_SHIFT;
      }
      word += bit >>> 5;
      bit &= 31;
    }
    this.#word = word;
    this.#bit = bit;
    return true;
  }

  /** Whether all numbers have been read. */
  get isAtEnd(): boolean {
    // A word more is there so that the last number can be read like any other.
    return this.#word + (this.#bit > 0 ? 2 : 1) === this.#bits.length;
  }

  #nextLong(entry: number): number {
    const extra = (entry >>> EXTRA_SHIFT) & 31;
    this.#advance(entry & 31);
    const low = (this.#bits[this.#word]! >>> this.#bit) | ((this.#bits[this.#word + 1]! << 1) << ~this.#bit);
    this.#advance(extra);
    return ((((entry >>> HIGH_SHIFT) & 15) << extra) | (low & ((1 << extra) - 1))) >>> 0;
  }

  #advance(bits: number): void {
    const bit = this.#bit + bits;
    this.#word += bit >>> 5;
    this.#bit = bit & 31;
  }
}

/** @param limit numbers from here on are left to the caller. */
function severalTable(tables: Uint32Array, limit: number): Int32Array {
  const several = new Int32Array(tables.length);
  for (let place = 0; place < tables.length; place++) {
    let at = place;
    let bits = 0;
    let count = 0;
    let values = 0;
    for (; count < MAX_SEVERAL; count++) {
      const entry = tables[at]!;
      const total = entry >>> TOTAL_SHIFT;
      const value = (entry >>> HIGH_SHIFT) & 15;
      // One that bits follow has a high part of 8 or more.
      if (value >= CHAINED_CONTEXTS || value >= limit || bits + total > MAX_CODE_LENGTH) break;
      bits += total;
      values |= value << (VALUE_BITS * count);
      // What follows these bits, zeros after the last that are known.
      at = (value << MAX_CODE_LENGTH) | ((place & (TABLE_SIZE - 1)) >>> bits);
    }
    several[place] = bits | (count << COUNT_SHIFT) | (values << VALUES_SHIFT);
  }
  return several;
}

/** How many bits follow a symbol that is not a number itself. */
export function extraBits(symbol: number): number {
  return ((symbol - DIRECT) >> 3) + 1;
}

function tablesOf(codes: Uint8Array, contexts: number): Uint32Array | undefined {
  // Of a context without numbers: any bit is a zero.
  const tables = new Uint32Array(contexts * TABLE_SIZE).fill(entryOf(1, 0));
  let at = 0;
  for (let context = 0; context < contexts; context++) {
    const lengths = new Uint8Array(SYMBOLS);
    const end = at + 1 + 2 * (codes[at] ?? 0);
    if (end > codes.length) return undefined;
    for (at++; at < end; at += 2) {
      if (codes[at]! >= SYMBOLS || codes[at + 1] === 0 || codes[at + 1]! > MAX_CODE_LENGTH) return undefined;
      lengths[codes[at]!] = codes[at + 1]!;
    }
    if (lengths.every((length) => length === 0)) continue;
    const table = decodingTable(lengths);
    if (!table) return undefined;
    const from = context * TABLE_SIZE;
    for (let i = 0; i < TABLE_SIZE; i++) tables[from + i] = entryOf(table[i]! & 15, table[i]! >> 4);
  }
  return at === codes.length ? tables : undefined;
}

function entryOf(length: number, symbol: number): number {
  const isNumber = symbol < DIRECT;
  const extra = isNumber ? 0 : extraBits(symbol);
  const high = isNumber ? symbol : 8 + (symbol & 7);
  const entry = length | (extra << EXTRA_SHIFT) | (high << HIGH_SHIFT) | ((length + extra) << TOTAL_SHIFT);
  return extra > MAX_EXTRA || length + extra > 32 ? entry | IS_LONG : entry;
}

/** The number of an entry that is not long. @param bits those of its code and what follows. */
function numberOf(entry: number, bits: number): number {
  const extra = entry >>> EXTRA_SHIFT;
  return (((entry >>> HIGH_SHIFT) & 15) << extra) | ((bits >>> entry) & ((1 << extra) - 1));
}
