import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { HashingEncoder } from './hashing-encoder.ts';

/**
 * An encoder that stops after some numbers of texts until the test lets it continue, so that a test sees what is published
 * meanwhile. Its vectors are those of `HashingEncoder`.
 */
export class GatedEncoder implements Encoder {
  /** Kept when it has stopped for the first time. */
  readonly reached: Promise<void>;
  readonly #inner: HashingEncoder;
  readonly #stops: readonly number[];
  #reach: () => void = () => {};
  #open: () => void = () => {};
  #started = 0;

  /** @param stops ascending numbers of texts. @param digest of its model. */
  constructor(stops: readonly number[], digest?: string) {
    this.#stops = stops;
    this.#inner = new HashingEncoder(digest);
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
  }

  get model() {
    return this.#inner.model;
  }

  /** Lets it encode until the next stop. */
  open(): void {
    this.#open();
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { onVector, onProgress, signal } = options;
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    for (const [index, text] of texts.entries()) {
      if (this.#stops.includes(this.#started++)) {
        await new Promise<void>((resolve) => {
          this.#open = resolve;
          signal?.addEventListener('abort', () => resolve());
          this.#reach();
        });
      }
      signal?.throwIfAborted();
      const vector = await this.#inner.encode([text], { signal });
      vectors.set(vector, index * dimension);
      onVector?.(index, vector);
      onProgress?.(index + 1, texts.length);
    }
    return vectors;
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }
}
