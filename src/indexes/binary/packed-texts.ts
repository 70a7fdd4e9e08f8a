import { lowerBound } from '../../util/lower-bound.ts';
/** Texts in UTF-8, concatenated, as an index stores them. */
export interface TextArrays {
  readonly bytes: Uint8Array;
  /** Where each text ends in `bytes`. */
  readonly ends: Uint32Array;
}

/** Packs texts in their order. */
export function packTexts(texts: readonly string[]): TextArrays {
  const encoded = texts.map((text) => Buffer.from(text));
  let end = 0;
  return {
    bytes: Buffer.concat(encoded),
    ends: Uint32Array.from(encoded, ({ length }) => {
      end += length;
      return end;
    }),
  };
}

/** Reads packed texts in place. */
export class PackedTexts {
  readonly size: number;
  readonly #bytes: Buffer;
  readonly #ends: Uint32Array;

  constructor({ bytes, ends }: TextArrays) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#ends = ends;
    this.size = ends.length;
  }

  /** The text with a number. */
  at(number: number): string {
    return this.#bytes.toString('utf8', number === 0 ? 0 : this.#ends[number - 1]!, this.#ends[number]!);
  }

  /**
   * The number of the first text that is not before `key`.
   * @param keyOf the key that the texts are sorted by, by UTF-16 code units. Default: the text itself.
   */
  lowerBound(key: string, keyOf: (text: string) => string = (text) => text): number {
    return lowerBound(0, this.size, (number) => keyOf(this.at(number)) < key);
  }
}
