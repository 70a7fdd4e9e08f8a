import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { completeSegment } from '../../indexes/keyword/bm25/complete-segment.ts';
import { skipPositions } from '../../indexes/keyword/bm25/positions.ts';
import type { Segment } from '../../indexes/keyword/bm25/segment.ts';
import { TEXT_FIELDS } from '../../papers/fields.ts';

/*
 * The keyword segment of one paper in few bytes: what follows from the rest (hash table, documents, places of postings) is
 * made again. The lengths of the fields, the number of terms, their lengths, the terms, their frequencies and positions;
 * deflated. Numbers without a fixed size are variable-length integers of seven bits a byte, the low ones first.
 */

/** @param segment of one paper. @returns base64. */
export function packSegment({ termBytes, termEnds, frequencies, positions, fieldLengths }: Segment): string {
  const numbers: number[] = [];
  append(numbers, termEnds.length);
  for (let term = 0; term < termEnds.length; term++) {
    append(numbers, termEnds[term]! - (term === 0 ? 0 : termEnds[term - 1]!));
  }
  const parts = [bytesOf(fieldLengths), Uint8Array.from(numbers), termBytes, bytesOf(frequencies), positions];
  return deflateRawSync(Buffer.concat(parts)).toString('base64');
}

/** @param packed what `packSegment` returned. @throws Error for anything else. */
export function unpackSegment(packed: string): Segment {
  const bytes = inflateRawSync(Buffer.from(packed, 'base64'));
  const reader = new Reader(bytes);
  const fieldLengths = reader.numbers(TEXT_FIELDS.length);
  const size = reader.integer();
  const termEnds = new Uint32Array(size);
  let end = 0;
  for (let term = 0; term < size; term++) {
    end += reader.integer();
    termEnds[term] = end;
  }
  const termBytes = reader.bytes(end);
  const frequencies = reader.numbers(size);
  const positions = reader.rest();
  let at = 0;
  for (let posting = 0; posting < size; posting++)
    at = skipPositions({ positions }, at, frequencies[posting]!);
  if (at !== positions.length)
    throw new RangeError('The segment has other positions than its frequencies say.');
  const firstPosting = Uint32Array.from({ length: size + 1 }, (_, term) => term);
  const core = { termBytes, termEnds, firstPosting, docs: new Uint32Array(size), frequencies, fieldLengths };
  return completeSegment(core, { positions });
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  integer(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at++);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  /** A copy, which typed arrays can be over. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('The segment ends too early.');
    const copy = new Uint8Array(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return copy;
  }

  numbers(length: number): Uint16Array {
    return new Uint16Array(this.bytes(length * Uint16Array.BYTES_PER_ELEMENT).buffer);
  }

  rest(): Uint8Array {
    return this.bytes(this.#bytes.length - this.#at);
  }
}

function append(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
