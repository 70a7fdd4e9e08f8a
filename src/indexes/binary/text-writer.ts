import { Growable } from './growable.ts';
import type { TextArrays } from './packed-texts.ts';

/** Packs texts one after another, for `PackedTexts`. */
export class TextWriter {
  readonly #bytes = new Growable(Uint8Array);
  readonly #ends = new Growable(Uint32Array);

  /** How many texts there are so far. */
  get size(): number {
    return this.#ends.length;
  }

  /** @param text a text, or its bytes in UTF-8. */
  push(text: string | Uint8Array): void {
    this.#bytes.append(typeof text === 'string' ? Buffer.from(text) : text);
    this.#ends.push(this.#bytes.length);
  }

  /** Adds the texts `[first, end)` of others. */
  append({ bytes, ends }: TextArrays, first: number, end: number): void {
    if (end <= first) return;
    const start = startOf(ends, first);
    const shift = this.#bytes.length - start;
    this.#bytes.append(bytes, start, ends[end - 1]!);
    for (let number = first; number < end; number++) this.#ends.push(ends[number]! + shift);
  }

  /** Takes the last text back. */
  pop(): void {
    this.#ends.length--;
    this.#bytes.length = startOf(this.#ends.array, this.#ends.length);
  }

  /** The texts so far, in memory of exactly their size. */
  trimmed(): TextArrays {
    return { bytes: this.#bytes.trimmed(), ends: this.#ends.trimmed() };
  }

  /** As `trimmed`, without a copy where the memory is full, or nearly. There are no texts afterwards. */
  take(): TextArrays {
    return { bytes: this.#bytes.take(), ends: this.#ends.take() };
  }
}

function startOf(ends: Uint32Array, number: number): number {
  return number === 0 ? 0 : ends[number - 1]!;
}
