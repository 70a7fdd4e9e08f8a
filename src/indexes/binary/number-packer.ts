import { codeLengths, codeWords } from './huffman.ts';
import { CHAINED_CONTEXTS, DIRECT, extraBits, type PackedNumbers, SYMBOLS } from './packed-numbers.ts';

/** Receives numbers below 2^32 in order: one by one, or many at once, as `NumberReader` reads them. */
export interface NumberSink {
  /** One number, which has a context. */
  add(context: number, value: number): void;
  /** The differences, less 1, of `numbers[start, end)`, which ascend; the first is counted from -1. All have one context. */
  ascending(context: number, numbers: Uint32Array, start: number, end: number): void;
  /** The rank of each value: the context is the rank before, at most CHAINED_CONTEXTS - 1; of the first, 0. */
  chained(values: Uint16Array, rankOf: Uint16Array): void;
}

/** A place among the bits of packed numbers: a word, and a bit of it. */
export interface BitPlace {
  readonly word: number;
  readonly bit: number;
}

/**
 * Packs numbers.
 * @param contexts how many there are. @param each gives all numbers in order; called twice.
 * @param mark called with where the number 0, `every`, 2 · `every` and so on begins. @param every default: never.
 */
export function packNumbers(
  contexts: number,
  each: (sink: NumberSink) => void,
  mark: (place: BitPlace) => void = () => {},
  every = Number.POSITIVE_INFINITY,
): PackedNumbers {
  const counter = new NumberCounter(contexts);
  each(counter);
  const { counts } = counter;
  const lengths = new Uint8Array(counts.length);
  const words = new Uint16Array(counts.length);
  const codes: number[] = [];
  for (let from = 0; from < counts.length; from += SYMBOLS) {
    const own = codeLengths(counts.subarray(from, from + SYMBOLS));
    lengths.set(own, from);
    words.set(codeWords(own), from);
    appendCode(codes, own);
  }
  const writer = new NumberWriter({ lengths, words }, mark, every);
  each(writer);
  return { codes: Uint8Array.from(codes), bits: writer.finish() };
}

/** Appends how many symbols have a code, and each with the length of its code. */
function appendCode(codes: number[], lengths: Uint8Array): void {
  const used = Array.from(lengths.keys()).filter((symbol) => lengths[symbol]! > 0);
  codes.push(used.length);
  for (const symbol of used) codes.push(symbol, lengths[symbol]!);
}

function symbolOf(value: number): number {
  if (value < DIRECT) return value;
  const exponent = 31 - Math.clz32(value);
  return DIRECT + (exponent - 4) * 8 + ((value >>> (exponent - 3)) & 7);
}

/** Counts the symbols of each context. */
class NumberCounter implements NumberSink {
  readonly counts: Float64Array;

  constructor(contexts: number) {
    this.counts = new Float64Array(contexts * SYMBOLS);
  }

  add(context: number, value: number): void {
    this.counts[context * SYMBOLS + symbolOf(value)]!++;
  }

  ascending(context: number, numbers: Uint32Array, start: number, end: number): void {
    const { counts } = this;
    const own = context * SYMBOLS;
    let before = -1;
    for (let i = start; i < end; i++) {
      const number = numbers[i]!;
      counts[own + symbolOf(number - before - 1)]!++;
      before = number;
    }
  }

  chained(values: Uint16Array, rankOf: Uint16Array): void {
    const { counts } = this;
    let context = 0;
    for (let i = 0; i < values.length; i++) {
      const rank = rankOf[values[i]!]!;
      counts[context * SYMBOLS + symbolOf(rank)]!++;
      context = rank < CHAINED_CONTEXTS ? rank : CHAINED_CONTEXTS - 1;
    }
  }
}

/** The codes of symbols, SYMBOLS a context: how long each is (bits), and the code. */
interface Codes {
  readonly lengths: Uint8Array;
  readonly words: Uint16Array;
}

/** Numbers that are written before it is looked whether there is memory for more. */
const AT_ONCE = 4096;
/** Words that one number takes at most: 11 bits of its code and 28 that follow. */
const WORDS_EACH = 2;

/** Writes numbers in the codes of their symbols. */
class NumberWriter implements NumberSink {
  readonly #codes: Codes;
  readonly #mark: (place: BitPlace) => void;
  readonly #every: number;
  /** Numbers until the next mark. */
  #unmarked = 0;
  #words = new Uint32Array(2 * AT_ONCE * WORDS_EACH);
  /** Whole words so far, and the bits of the next one. */
  #length = 0;
  #word = 0;
  #used = 0;

  constructor(codes: Codes, mark: (place: BitPlace) => void, every: number) {
    this.#codes = codes;
    this.#mark = mark;
    this.#every = every;
  }

  add(context: number, value: number): void {
    this.#prepare(1);
    this.#write(context * SYMBOLS, value);
  }

  ascending(context: number, numbers: Uint32Array, start: number, end: number): void {
    let before = -1;
    for (let from = start; from < end; ) {
      const to = from + this.#prepare(end - from);
      this.#writeAscending(context * SYMBOLS, numbers.subarray(from, to), before);
      before = numbers[to - 1]!;
      from = to;
    }
  }

  chained(values: Uint16Array, rankOf: Uint16Array): void {
    let context = 0;
    for (let from = 0; from < values.length; ) {
      const to = from + this.#prepare(values.length - from);
      context = this.#writeChained(values.subarray(from, to), rankOf, context);
      from = to;
    }
  }

  /** The words, with one more, so that the last number can be read like the others. The writer is of no more use. */
  finish(): Uint32Array {
    const end = this.#used > 0 ? this.#length + 1 : this.#length;
    if (this.#used > 0) this.#words[this.#length] = this.#word;
    return this.#words.slice(0, end + 1).fill(0, end);
  }

  /** Marks the place where a mark is due, and makes room. @returns how many of `count` numbers can be written now. */
  #prepare(count: number): number {
    if (this.#unmarked === 0) {
      this.#mark({ word: this.#length, bit: this.#used });
      this.#unmarked = this.#every;
    }
    const now = Math.min(count, this.#unmarked, AT_ONCE);
    this.#unmarked -= now;
    // One word that is begun, and one after the last.
    if (this.#length + now * WORDS_EACH + 2 > this.#words.length) {
      const grown = new Uint32Array(this.#words.length * 2);
      grown.set(this.#words);
      this.#words = grown;
    }
    return now;
  }

  /** @param own where the codes of the number's context begin. */
  #write(own: number, value: number): void {
    const { lengths, words } = this.#codes;
    const symbol = symbolOf(value);
    this.#append(words[own + symbol]!, lengths[own + symbol]!);
    if (symbol < DIRECT) return;
    const extra = extraBits(symbol);
    this.#append(value & ((1 << extra) - 1), extra);
  }

  /** @param length at most 31. */
  #append(value: number, length: number): void {
    this.#word |= value << this.#used;
    this.#used += length;
    if (this.#used < 32) return;
    this.#words[this.#length++] = this.#word;
    this.#used -= 32;
    this.#word = this.#used === 0 ? 0 : value >>> (length - this.#used);
  }

  /** As `#write` of each rank, with all that changes in local variables. @returns the context of the next. */
  #writeChained(values: Uint16Array, rankOf: Uint16Array, first: number): number {
    const { lengths, words: codes } = this.#codes;
    const words = this.#words;
    let context = first;
    let length = this.#length;
    let word = this.#word;
    let used = this.#used;
    for (let i = 0; i < values.length; i++) {
      const rank = rankOf[values[i]!]!;
      const own = context * SYMBOLS;
      context = rank < CHAINED_CONTEXTS ? rank : CHAINED_CONTEXTS - 1;
      if (rank >= DIRECT) {
        this.#length = length;
        this.#word = word;
        this.#used = used;
        this.#write(own, rank);
        length = this.#length;
        word = this.#word;
        used = this.#used;
        continue;
      }
      const code = codes[own + rank]!;
      const bits = lengths[own + rank]!;
      word |= code << used;
      used += bits;
      if (used < 32) continue;
      words[length++] = word;
      used -= 32;
      word = used === 0 ? 0 : code >>> (bits - used);
    }
    this.#length = length;
    this.#word = word;
    this.#used = used;
    return context;
  }

  /** As `#write` of each difference, with all that changes in local variables. */
  #writeAscending(own: number, numbers: Uint32Array, last: number): void {
    const { lengths, words: codes } = this.#codes;
    const words = this.#words;
    let before = last;
    let length = this.#length;
    let word = this.#word;
    let used = this.#used;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!;
      const value = number - before - 1;
      before = number;
      const symbol = symbolOf(value);
      const code = codes[own + symbol]!;
      const bits = lengths[own + symbol]!;
      word |= code << used;
      used += bits;
      if (used >= 32) {
        words[length++] = word;
        used -= 32;
        word = used === 0 ? 0 : code >>> (bits - used);
      }
      if (symbol < DIRECT) continue;
      const extra = extraBits(symbol);
      const low = value & ((1 << extra) - 1);
      word |= low << used;
      used += extra;
      if (used >= 32) {
        words[length++] = word;
        used -= 32;
        word = used === 0 ? 0 : low >>> (extra - used);
      }
    }
    this.#length = length;
    this.#word = word;
    this.#used = used;
  }
}
