import { cpSync, existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The built one: it starts a separate program.
import { createProcessEncoder } from '../../dist/encode/process-encoder.js';
import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { normalize } from '../../src/encode/pooling.ts';
import { VectorJournal, vectorKey } from '../../src/indexes/store/vector-journal.ts';
import { mulberry32 } from '../../src/util/random.ts';

/** How far a made-up vector is from the one it is made of: the length of the noise beside a vector of length 1. */
const NOISE = 0.6;

/**
 * The vectors that evaluations have cached, so that nothing is encoded for these figures. A text without one gets, where that
 * is allowed, the vector of another text with noise added: near to some, far from most, as real ones are.
 */
export class CachedVectors implements Encoder {
  readonly model: Encoder['model'];
  readonly #journal: VectorJournal;
  readonly #encoder: Encoder;
  readonly #pool: Float32Array[] = [];
  /** Texts that had a vector, and those that got a made-up one. */
  real = 0;
  madeUp = 0;
  #mayMakeUp = false;

  private constructor(journal: VectorJournal, encoder: Encoder) {
    this.#journal = journal;
    this.#encoder = encoder;
    this.model = encoder.model;
  }

  /** @param cache the folder `scripts/eval/.cache` of a checkout that has run `npm run eval`. It is copied. */
  static async open(cache: string): Promise<CachedVectors> {
    const newest = readdirSync(cache)
      .filter((name) => name.startsWith('vectors-'))
      .map((name) => join(cache, name, 'encoding.journal'))
      .filter((file) => existsSync(file))
      .sort((a, b) => statSync(b).size - statSync(a).size || statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
    if (!newest)
      throw new Error(`There are no vectors in ${cache}. Run "npm run eval" first, or name another cache.`);
    const copy = mkdtempSync(join(tmpdir(), 'paper-search-vectors-'));
    cpSync(newest, join(copy, 'encoding.journal'));
    const encoder = createProcessEncoder();
    return new CachedVectors(await VectorJournal.open(copy, encoder.model.dimension), encoder);
  }

  async encode(
    texts: readonly EncoderInput[],
    { onVector, onProgress, signal }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    for (const [i, input] of texts.entries()) {
      signal?.throwIfAborted();
      const vector = await this.#vectorOf(input);
      vectors.set(vector, i * dimension);
      onVector?.(i, vector);
      onProgress?.(i + 1, texts.length);
    }
    return vectors;
  }

  async #vectorOf(input: EncoderInput): Promise<Float32Array> {
    const text = typeof input === 'string' ? { title: '', body: input } : input;
    const key = vectorKey(text, this.model.digest);
    if (this.#journal.has(key)) {
      this.real++;
      return this.#journal.read(key).slice();
    }
    if (!this.#mayMakeUp) {
      this.real++;
      const vector = (await this.#encoder.encode([input])).slice();
      this.#journal.append(key, vector);
      return vector;
    }
    this.madeUp++;
    return this.#near(key);
  }

  /** @param key decides the vector: the same text has the same one. */
  #near(key: string): Float32Array {
    const random = mulberry32(Buffer.from(key, 'base64').readUInt32LE(0));
    const vector = this.#pool[Math.floor(random() * this.#pool.length)]!.slice();
    const scale = NOISE * Math.sqrt(3 / vector.length);
    for (let i = 0; i < vector.length; i++) vector[i]! += scale * (2 * random() - 1);
    normalize(vector);
    return vector;
  }

  /** Lets made-up vectors be near those of these papers, as far as they are cached. */
  fill(texts: Iterable<{ readonly title: string; readonly body: string }>): void {
    for (const text of texts) {
      const key = vectorKey(text, this.model.digest);
      if (this.#journal.has(key)) this.#pool.push(this.#journal.read(key).slice());
    }
    if (this.#pool.length === 0) throw new Error('The cache has no vector of these papers.');
    this.#mayMakeUp = true;
  }

  /** Kept open by those that are handed it: several engines use it. */
  async close(): Promise<void> {}

  async end(): Promise<void> {
    await this.#journal.close(true);
    await this.#encoder.close();
  }
}
