import { createHash } from 'node:crypto';
import type { EncodeOptions, EncoderInput } from '../../src/encode/encoder.ts';
import { normalize } from '../../src/encode/pooling.ts';
import { HashingEncoder } from './hashing-encoder.ts';

/** Vectors that say nothing of a text, so that the fewer they count, the better. */
export class NoiseEncoder extends HashingEncoder {
  override async encode(
    texts: readonly EncoderInput[],
    { onVector }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const rows = texts.map((text) => {
      const bytes = createHash('sha256').update(JSON.stringify(text)).digest();
      return normalize(Float32Array.from({ length: this.model.dimension }, (_, i) => bytes[i]! - 127.5));
    });
    for (const [index, row] of rows.entries()) onVector?.(index, row);
    return Float32Array.from(rows.flatMap((row) => [...row]));
  }
}
