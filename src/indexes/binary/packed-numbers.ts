import { Growable } from './growable.ts';
import { codeLengths, codeWords, decodingTable, MAX_CODE_LENGTH } from './huffman.ts';

/*
 * Numbers below 2^32 in few bits. Each is a symbol and, for larger ones, as many of its lower bits as the symbol says:
 * below 16 the number itself, else its highest four bits and how many follow. The symbols have a prefix code (huffman.ts),
 * one in each context: numbers that are distributed alike.
 */

const DIRECT = 16;
/** Symbols: those below 16, and eight for every power of two from 2^4 to 2^31. */
const SYMBOLS = DIRECT + 8 * 28;
const TABLE_SIZE = 1 << MAX_CODE_LENGTH;

/** Receives numbers, each with its context. */
export type NumberSink = (context: number, value: number) => void;

/** Packed numbers: the codes of their symbols, and the bits. */
export interface PackedNumbers {
  readonly codes: Uint8Array;
  readonly bits: Uint32Array;
}

/**
 * Packs numbers.
 * @param contexts how many there are. @param each gives all numbers in order; called twice.
 */
export function packNumbers(contexts: number, each: (sink: NumberSink) => void): PackedNumbers {
  const counts = new Float64Array(contexts * SYMBOLS);
  each((context, value) => {
    counts[context * SYMBOLS + symbolOf(value)]!++;
  });
  const lengths = new Uint8Array(counts.length);
  const words = new Uint16Array(counts.length);
  const codes: number[] = [];
  for (let from = 0; from < counts.length; from += SYMBOLS) {
    const own = codeLengths(counts.subarray(from, from + SYMBOLS));
    lengths.set(own, from);
    words.set(codeWords(own), from);
    appendCode(codes, own);
  }
  const writer = new BitWriter();
  each((context, value) => {
    const symbol = symbolOf(value);
    const code = context * SYMBOLS + symbol;
    writer.write(words[code]!, lengths[code]!);
    if (symbol >= DIRECT) {
      const extra = extraBits(symbol);
      writer.write(value & ((1 << extra) - 1), extra);
    }
  });
  return { codes: Uint8Array.from(codes), bits: writer.finish() };
}

/** Reads packed numbers in order. It never reads beyond its memory; `isAtEnd` says whether what it read was all. */
export class NumberReader {
  readonly #tables: Uint16Array;
  readonly #bits: Uint32Array;
  /** The word and the bit in it that are next. */
  #word = 0;
  #bit = 0;

  /** @returns undefined if the codes are damaged. */
  static open({ codes, bits }: PackedNumbers, contexts: number): NumberReader | undefined {
    const tables = tablesOf(codes, contexts);
    return tables && new NumberReader(tables, bits);
  }

  private constructor(tables: Uint16Array, bits: Uint32Array) {
    this.#tables = tables;
    this.#bits = bits;
  }

  /** The next number, which has a context. */
  next(context: number): number {
    const words = this.#bits;
    const word = this.#word;
    const bit = this.#bit;
    const next = (words[word]! >>> bit) | ((words[word + 1]! << 1) << (31 - bit));
    const entry = this.#tables[(context << MAX_CODE_LENGTH) | (next & (TABLE_SIZE - 1))]!;
    const length = entry & 15;
    const symbol = entry >> 4;
    if (symbol < DIRECT) {
      this.#advance(length);
      return symbol;
    }
    const extra = extraBits(symbol);
    let low: number;
    if (length + extra <= 32) {
      low = next >>> length;
      this.#advance(length + extra);
    } else {
      this.#advance(length);
      low = (words[this.#word]! >>> this.#bit) | ((words[this.#word + 1]! << 1) << (31 - this.#bit));
      this.#advance(extra);
    }
    return (((8 + (symbol & 7)) << extra) | (low & ((1 << extra) - 1))) >>> 0;
  }

  /**
   * Fills `target[start, end)` with ascending numbers from their differences less 1, which have a context.
   * @param before the number before the first. @returns the last.
   */
  ascending(context: number, target: Uint32Array, start: number, end: number, before = -1): number {
    // As `next`, with all that changes in local variables: half the time.
    const words = this.#bits;
    const tables = this.#tables;
    const own = context << MAX_CODE_LENGTH;
    let word = this.#word;
    let bit = this.#bit;
    let last = before;
    for (let i = start; i < end; i++) {
      const next = (words[word]! >>> bit) | ((words[word + 1]! << 1) << (31 - bit));
      const entry = tables[own | (next & (TABLE_SIZE - 1))]!;
      const length = entry & 15;
      let value = entry >> 4;
      bit += length;
      if (value >= DIRECT) {
        const extra = extraBits(value);
        if (length + extra > 32) {
          this.#word = word;
          this.#bit = bit - length;
          value = this.next(context);
          word = this.#word;
          bit = this.#bit;
        } else {
          value = (((8 + (value & 7)) << extra) | ((next >>> length) & ((1 << extra) - 1))) >>> 0;
          bit += extra;
        }
      }
      word += bit >>> 5;
      bit &= 31;
      last += value + 1;
      target[i] = last;
    }
    this.#word = word;
    this.#bit = bit;
    return last;
  }

  /** Whether all numbers have been read. */
  get isAtEnd(): boolean {
    // A word more is there so that the last number can be read like any other.
    return this.#word + (this.#bit > 0 ? 2 : 1) === this.#bits.length;
  }

  #advance(bits: number): void {
    const bit = this.#bit + bits;
    this.#word += bit >>> 5;
    this.#bit = bit & 31;
  }
}

function symbolOf(value: number): number {
  if (value < DIRECT) return value;
  const exponent = 31 - Math.clz32(value);
  return DIRECT + (exponent - 4) * 8 + ((value >>> (exponent - 3)) & 7);
}

/** How many bits follow a symbol that is not a number itself. */
function extraBits(symbol: number): number {
  return ((symbol - DIRECT) >> 3) + 1;
}

/** Appends how many symbols have a code, and each with the length of its code. */
function appendCode(codes: number[], lengths: Uint8Array): void {
  const used = Array.from(lengths.keys()).filter((symbol) => lengths[symbol]! > 0);
  codes.push(used.length);
  for (const symbol of used) codes.push(symbol, lengths[symbol]!);
}

function tablesOf(codes: Uint8Array, contexts: number): Uint16Array | undefined {
  // Of a context without numbers: any bit is a zero.
  const tables = new Uint16Array(contexts * TABLE_SIZE).fill(1);
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
    tables.set(table, context * TABLE_SIZE);
  }
  return at === codes.length ? tables : undefined;
}

class BitWriter {
  readonly #words = new Growable(Uint32Array);
  #word = 0;
  #used = 0;

  /** @param length at most 31. */
  write(value: number, length: number): void {
    this.#word |= value << this.#used;
    this.#used += length;
    if (this.#used < 32) return;
    this.#words.push(this.#word >>> 0);
    this.#used -= 32;
    this.#word = this.#used === 0 ? 0 : value >>> (length - this.#used);
  }

  finish(): Uint32Array {
    if (this.#used > 0) this.#words.push(this.#word >>> 0);
    this.#words.push(0);
    return this.#words.trimmed();
  }
}
