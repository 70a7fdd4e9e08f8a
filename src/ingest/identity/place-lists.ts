/** Lists of places, each with one at least, in two arrays: a list of one place, as most are, takes eight bytes. */
export class PlaceLists implements Iterable<number[]> {
  readonly #places: Int32Array;
  /** Where each list ends in `#places`. */
  readonly #ends: Uint32Array;

  /** @param places of all lists, one list after another. @param ends where each ends among them. */
  constructor(places: Int32Array, ends: Uint32Array) {
    this.#places = places;
    this.#ends = ends;
  }

  /** A list of each place from 0 to `length` - 1. */
  static ofEach(length: number): PlaceLists {
    const places = Int32Array.from({ length }, (_, place) => place);
    return new PlaceLists(
      places,
      Uint32Array.from(places, (place) => place + 1),
    );
  }

  get length(): number {
    return this.#ends.length;
  }

  /** How many places a list has. @param n from 0 to `length` - 1. */
  sizeOf(n: number): number {
    return this.#ends[n]! - this.#startOf(n);
  }

  /** The first place of a list. */
  firstOf(n: number): number {
    return this.#places[this.#startOf(n)]!;
  }

  at(n: number): number[] {
    return [...this.#places.subarray(this.#startOf(n), this.#ends[n])];
  }

  *[Symbol.iterator](): Generator<number[]> {
    for (let n = 0; n < this.length; n++) yield this.at(n);
  }

  #startOf(n: number): number {
    return n === 0 ? 0 : this.#ends[n - 1]!;
  }
}
