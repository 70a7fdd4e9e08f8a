import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { papersOf } from './corpora.ts';
import { product } from './product.ts';

/**
 * Ingests a corpus file into an index with existing vectors, as if they had just been encoded.
 * @param vectors n × dimension, in the order of the file's papers.
 */
export async function buildIndex(index: string, papersFile: string, vectors: Float32Array): Promise<void> {
  const model = product.createProcessEncoder();
  const rows = new Map<string, number>();
  let row = 0;
  for await (const { title, abstract } of papersOf(papersFile))
    rows.set(keyOf({ title, body: abstract }), row++);
  const encoder = new ReadyVectors(model, rows, vectors);
  try {
    await product.ingest([papersFile], { index, encoder, rebuild: true, corpusMap: false });
  } finally {
    await model.close();
  }
}

/** Returns known vectors by text; encodes unknown texts (ingest may have merged two records of one paper). */
class ReadyVectors implements Encoder {
  readonly model;
  readonly #encoder: Encoder;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #vectors: Float32Array;

  constructor(encoder: Encoder, rows: ReadonlyMap<string, number>, vectors: Float32Array) {
    this.model = encoder.model;
    this.#encoder = encoder;
    this.#rows = rows;
    this.#vectors = vectors;
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    for (const [index, text] of texts.entries()) {
      const row = this.#rows.get(keyOf(text));
      const vector =
        row === undefined
          ? await this.#encoder.encode([text])
          : this.#vectors.subarray(row * dimension, (row + 1) * dimension);
      vectors.set(vector, index * dimension);
      options.onVector?.(index, vector);
    }
    options.onProgress?.(texts.length, texts.length);
    return vectors;
  }

  async close(): Promise<void> {}
}

function keyOf(text: EncoderInput): string {
  return typeof text === 'string' ? text : `${text.title}\n${text.body}`;
}
