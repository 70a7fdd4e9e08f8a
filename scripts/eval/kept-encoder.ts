import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { VectorJournal, vectorKey } from '../../src/indexes/store/vector-journal.ts';

/**
 * An encoder that caches every vector on disk by its text and model, so that a ranking can be measured again in minutes.
 * After an interruption, it resumes.
 */
export class KeptEncoder implements Encoder {
  readonly model;
  readonly #encoder: Encoder;
  readonly #journal: VectorJournal;
  readonly #queryPrefix: string;

  private constructor(encoder: Encoder, journal: VectorJournal, queryPrefix: string) {
    this.model = encoder.model;
    this.#encoder = encoder;
    this.#journal = journal;
    this.#queryPrefix = queryPrefix;
  }

  /**
   * @param encoder closed with this one. @param folder for vectors of one encoder version only.
   * @param queryPrefix of its model: a query has another vector than a paper with the same text.
   */
  static async open(encoder: Encoder, folder: string, queryPrefix = ''): Promise<KeptEncoder> {
    const journal = await VectorJournal.open(folder, encoder.model.dimension);
    return new KeptEncoder(encoder, journal, queryPrefix);
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension, digest } = this.model;
    const keys = texts.map((text) =>
      vectorKey(typeof text === 'string' ? { title: '', body: this.#queryPrefix + text } : text, digest),
    );
    const missing = [...keys.keys()].filter((index) => !this.#journal.has(keys[index]!));
    const onVector = (position: number, vector: Float32Array) => {
      this.#journal.append(keys[missing[position]!]!, vector);
    };
    // If all texts are cached, the model is not started.
    if (missing.length > 0) {
      await this.#encoder.encode(
        missing.map((index) => texts[index]!),
        { ...options, onVector },
      );
    }
    const vectors = new Float32Array(texts.length * dimension);
    keys.forEach((key, index) => {
      const vector = this.#journal.read(key);
      vectors.set(vector, index * dimension);
      options.onVector?.(index, vector);
    });
    return vectors;
  }

  async close(): Promise<void> {
    await this.#journal.close(false);
    await this.#encoder.close();
  }
}
