import { Growable } from '../../../indexes/binary/growable.ts';
import { lowerBound } from '../../../util/lower-bound.ts';

/** Positions of papers by numbers that several of them may share. */
export class KeyTable {
  readonly #keys: Float64Array;
  readonly #docs: Uint32Array;

  /** @param keys one an entry. @param docs the position of each, ascending among equal keys. */
  constructor(keys: Float64Array, docs: Uint32Array) {
    const order = Uint32Array.from(keys, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b);
    this.#keys = Float64Array.from(order, (i) => keys[i]!);
    this.#docs = Uint32Array.from(order, (i) => docs[i]!);
  }

  /** The positions with a key, in the order they came in; none for an unknown one. */
  positionsOf(key: number): Uint32Array {
    const low = lowerBound(0, this.#keys.length, (entry) => this.#keys[entry]! < key);
    let end = low;
    while (this.#keys[end] === key) end++;
    return this.#docs.subarray(low, end);
  }
}

/** Collects the entries of a `KeyTable`. */
export class KeyTableBuilder {
  readonly #keys = new Growable(Float64Array);
  readonly #docs = new Growable(Uint32Array);

  add(key: number, doc: number): void {
    this.#keys.push(key);
    this.#docs.push(doc);
  }

  finish(): KeyTable {
    return new KeyTable(this.#keys.trimmed(), this.#docs.trimmed());
  }
}
