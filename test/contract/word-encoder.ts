import { createHash } from 'node:crypto';
import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import type { ModelInfo } from '../../src/encode/model-info.ts';
import { normalize } from '../../src/encode/pooling.ts';

const DIMENSION = 64;
/** Letters of a word that count, so that most forms of a word are one. */
const STEM_LENGTH = 6;
/** Shorter words are mostly not about anything. */
const MIN_LENGTH = 4;

/**
 * An encoder for the contract: the sum of pseudo-random vectors of a text's longer words. A cosine is about the share of
 * words that two texts have in common, so that answers are strong, weak and none; and it is the same on every machine.
 */
export class WordEncoder implements Encoder {
  readonly model: ModelInfo = {
    name: 'words',
    dimension: DIMENSION,
    maxTokens: 256,
    digest: 'contract-1',
  };

  async encode(
    texts: readonly EncoderInput[],
    { onVector, onProgress, signal }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * DIMENSION);
    for (const [index, input] of texts.entries()) {
      signal?.throwIfAborted();
      const vector = vectors.subarray(index * DIMENSION, (index + 1) * DIMENSION);
      addWords(vector, typeof input === 'string' ? input : `${input.title} ${input.body}`);
      onVector?.(index, vector);
      onProgress?.(index + 1, texts.length);
    }
    return vectors;
  }

  async close(): Promise<void> {}
}

function addWords(vector: Float32Array, text: string): void {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const longer = words.filter(({ length }) => length >= MIN_LENGTH);
  for (const word of longer.length > 0 ? longer : [...words, 'nothing']) {
    const bytes = createHash('sha512').update(word.slice(0, STEM_LENGTH)).digest();
    for (let i = 0; i < DIMENSION; i++) vector[i]! += bytes[i]! - 127.5;
  }
  normalize(vector);
}
