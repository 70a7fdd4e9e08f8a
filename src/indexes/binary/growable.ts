type Constructor<A> = new (length: number) => A;

/** Values that are copied one by one. */
const FEW = 16;
/** Memory that is not trimmed when it is taken: at least this share of it is used. */
const NEARLY_ALL = 7 / 8;

/** A typed array that grows as values are appended: doubling, so that appending costs little in the long run. */
export class Growable<A extends Uint8Array | Uint16Array | Uint32Array | Float64Array> {
  length = 0;
  #array: A;
  readonly #type: Constructor<A>;

  constructor(type: Constructor<A>, capacity = 1024) {
    this.#type = type;
    this.#array = new type(capacity);
  }

  push(value: number): void {
    if (this.length === this.#array.length) this.#grow(this.length + 1);
    this.#array[this.length++] = value;
  }

  /** Appends `array[start, end)`. */
  append(array: Uint8Array | Uint16Array | Uint32Array, start = 0, end = array.length): void {
    const needed = this.length + end - start;
    if (needed > this.#array.length) this.#grow(needed);
    // A view takes longer to make than a few values to copy.
    if (end - start <= FEW)
      for (let i = start, to = this.length; i < end; i++, to++) this.#array[to] = array[i]!;
    else this.#array.set(array.subarray(start, end), this.length);
    this.length = needed;
  }

  /** Makes room for more values, which are to be written to `array`. @returns the place of the first; they count already. */
  extend(count: number): number {
    const from = this.length;
    if (from + count > this.#array.length) this.#grow(from + count);
    this.length = from + count;
    return from;
  }

  /** The memory, of which the first `length` values count: what costs less to read than a view. Invalid after the next growth. */
  get array(): A {
    return this.#array;
  }

  /** The values so far: a view, invalid after the next growth. */
  view(): A {
    return this.#array.subarray(0, this.length) as A;
  }

  /** The values so far, in memory of exactly their size. */
  trimmed(): A {
    return this.#array.slice(0, this.length) as A;
  }

  /**
   * As `trimmed`, but without a copy where the memory is full, or nearly: then a view. The array is empty afterwards: its
   * memory is not held any more.
   */
  take(): A {
    const isFull = this.length === this.#array.length;
    const isNearly = this.length >= this.#array.length * NEARLY_ALL;
    const all = isFull ? this.#array : isNearly ? this.view() : this.trimmed();
    this.#array = new this.#type(0);
    this.length = 0;
    return all;
  }

  #grow(needed: number): void {
    const grown = new this.#type(Math.max(needed, this.#array.length * 2));
    grown.set(this.#array);
    this.#array = grown;
  }
}
