import { crc32 } from 'node:zlib';
import type { EncodeOptions, Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import { pause } from '../../src/util/pause.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { papersOf } from './corpora.ts';
import { perturb } from './dense-input.ts';

/** Texts between two pauses that let timers run. */
const YIELD_EVERY = 256;

/**
 * An encoder that costs almost nothing: the real vector of a paper where there is one, else a real one with noise, chosen
 * and drawn by the paper's text. Nothing is kept but the real vectors, and equal texts have equal vectors.
 */
export class PerturbedVectors implements Encoder {
  readonly model: Encoder['model'];
  readonly #real: Float32Array;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #ready: () => Promise<void>;
  /** Texts that had a real vector. */
  realCount = 0;

  private constructor(
    model: Encoder['model'],
    real: Float32Array,
    rows: ReadonlyMap<string, number>,
    ready: () => Promise<void>,
  ) {
    this.model = model;
    this.#real = real;
    this.#rows = rows;
    this.#ready = ready;
  }

  /**
   * @param real vectors of the first papers of the file: rows × dimension, L2-normalised.
   * @param ready waited for before every call: holds the vectors back. Default: at once.
   */
  static async of(
    model: Encoder['model'],
    real: Float32Array,
    papersFile: string,
    ready: () => Promise<void> = async () => {},
  ): Promise<PerturbedVectors> {
    const count = real.length / model.dimension;
    if (count < 1) throw new Error('No vectors: run npx tsx scripts/bench/vectors.ts to make some.');
    const rows = new Map<string, number>();
    let row = 0;
    for await (const { title, abstract } of papersOf(papersFile, count)) {
      rows.set(keyOf({ title, body: abstract }), row++);
    }
    return new PerturbedVectors(model, real, rows, ready);
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    await this.#ready();
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    for (const [index, text] of texts.entries()) {
      if (index % YIELD_EVERY === 0) await pause(options.signal);
      const vector = vectors.subarray(index * dimension, (index + 1) * dimension);
      this.#write(keyOf(text), vector);
      options.onVector?.(index, vector);
    }
    options.onProgress?.(texts.length, texts.length);
    return vectors;
  }

  async close(): Promise<void> {}

  #write(key: string, target: Float32Array): void {
    const known = this.#rows.get(key);
    const seed = crc32(key);
    const row = known ?? seed % (this.#real.length / target.length);
    target.set(this.#real.subarray(row * target.length, (row + 1) * target.length));
    if (known === undefined) perturb(target, mulberry32(seed));
    else this.realCount++;
  }
}

function keyOf(text: EncoderInput): string {
  return typeof text === 'string' ? text : `${text.title}\n${text.body}`;
}
