import { createHash } from 'node:crypto';
import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import type { ModelInfo, ModelRanking } from '../../src/encode/model-info.ts';
import { normalize } from '../../src/encode/pooling.ts';

const DIMENSION = 16;

/**
 * A fast encoder for tests of everything around encoders: the sum of pseudo-random vectors of a text's words, so that
 * texts that share words are near. It counts encoded texts.
 */
export class HashingEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly encoded: string[] = [];
  closed = false;

  /** @param ranking default: none, as of the bundled model. */
  constructor(digest = 'test-model', ranking?: ModelRanking) {
    this.model = {
      name: 'hashing',
      dimension: DIMENSION,
      maxTokens: 256,
      digest,
      ...(ranking && { ranking }),
    };
  }

  async encode(
    texts: readonly EncoderInput[],
    { onVector, onProgress, signal }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * DIMENSION);
    for (const [index, input] of texts.entries()) {
      const text = typeof input === 'string' ? input : `${input.title} ${input.body}`;
      signal?.throwIfAborted();
      const vector = vectors.subarray(index * DIMENSION, (index + 1) * DIMENSION);
      for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? ['']) {
        const bytes = createHash('sha256').update(word).digest();
        for (let i = 0; i < DIMENSION; i++) vector[i]! += bytes[i]! - 127.5;
      }
      normalize(vector);
      this.encoded.push(text);
      onVector?.(index, vector);
      onProgress?.(index + 1, texts.length);
      await Promise.resolve();
    }
    return vectors;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
