import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import type { Precision } from './model/bert-graph.ts';
import { bundledModel } from './model/minilm.ts';
import type { ModelInfo } from './model-info.ts';
import { infoOf, type Model } from './models/model.ts';
import { addFirstToken, addTokenVectors, addWeighted, normalize } from './pooling.ts';
import type { ModelSession } from './session.ts';
import type { ModelTokenizer } from './tokenizer.ts';
import { splitIntoWindows } from './windows.ts';

export interface LocalEncoderOptions {
  /** Default: the bundled model. */
  readonly model?: Model | undefined;
  /**
   * For the bundled model: weights as 8-bit integers (default) or as 32-bit floats: four times the size, twice the time.
   */
  readonly precision?: Precision;
  /**
   * Windows a run. Default 1: a larger batch is no faster on a CPU, and activations are quantised over the
   * whole batch, so a text's vector would depend on its neighbours.
   */
  readonly batchSize?: number;
  /** Threads that run the model; vectors do not depend on it. Default: one per physical core. */
  readonly threads?: number | undefined;
  /** Called when the weights have to be converted first. */
  readonly onConvert?: () => void;
}

/** Most of a window that a title takes up at the start of each window of its body; a longer one is cut there, and only there. */
const MAX_PREFIX_SHARE = 1 / 4;

/**
 * An encoder in this thread, which it blocks while the model runs. Servers use a ProcessEncoder instead.
 * @throws PaperSearchError MODEL_UNAVAILABLE when the model is missing, damaged or cannot be loaded.
 */
export async function createLocalEncoder(options: LocalEncoderOptions = {}): Promise<Encoder> {
  const { model = bundledModel(options.precision), batchSize = 1, threads, onConvert } = options;
  // Loaded on demand: loading takes longer than opening an index and searching it.
  const { filesOf } = await import('./models/registry.ts');
  const { loadTokenizer } = await import('./tokenizer.ts');
  const { openSession } = await import('./session.ts');
  const files = await filesOf(model, onConvert);
  const tokenizer = await loadTokenizer(files);
  const session = await openSession(files, tokenizer.padding, threads);
  return new LocalEncoder(model, tokenizer, session, batchSize);
}

/** Tokens that the model reads at once, and the part of a text that their vectors are added to. */
interface Window {
  readonly text: number;
  readonly part: 'title' | 'body';
  /** Special tokens included. */
  readonly tokenIds: readonly number[];
}

class LocalEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly #model: Model;
  readonly #tokenizer: ModelTokenizer;
  readonly #session: ModelSession;
  readonly #batchSize: number;

  constructor(model: Model, tokenizer: ModelTokenizer, session: ModelSession, batchSize: number) {
    this.model = infoOf(model);
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#session = session;
    this.#batchSize = batchSize;
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension, pooling, titleWeight } = this.#model;
    const add = pooling === 'cls' ? addFirstToken : addTokenVectors;
    const rows = (vectors: Float32Array, text: number) =>
      vectors.subarray(text * dimension, (text + 1) * dimension);
    // Summed over all windows of a part: its vector is the mean of all its tokens, or of the first ones of its windows.
    const sums = {
      body: new Float32Array(texts.length * dimension),
      title: new Float32Array(texts.length * dimension),
    };
    const windows = texts.flatMap((text, index) => this.#windowsOf(text, index));
    const pending = new Uint32Array(texts.length);
    for (const window of windows) pending[window.text]!++;
    // Windows of similar length together: batches need little padding, and shapes recur.
    windows.sort((a, b) => a.tokenIds.length - b.tokenIds.length || a.text - b.text);

    let done = 0;
    for (let start = 0; start < windows.length; start += this.#batchSize) {
      options.signal?.throwIfAborted();
      const batch = windows.slice(start, start + this.#batchSize);
      const hidden = await this.#session.run(batch.map((window) => window.tokenIds));
      batch.forEach(({ text, part, tokenIds }, row) => {
        const offset = row * hidden.sequence * dimension;
        add(hidden.values, offset, tokenIds.length, dimension, rows(sums[part], text));
        if (--pending[text]! > 0) return;
        const vector = normalize(rows(sums.body, text));
        addWeighted(vector, normalize(rows(sums.title, text)), titleWeight);
        normalize(vector);
        done++;
        options.onVector?.(text, vector);
      });
      options.onProgress?.(done, texts.length);
      if (start + this.#batchSize < windows.length) await options.pause?.();
    }
    return sums.body;
  }

  async close(): Promise<void> {
    await this.#session.dispose();
  }

  #windowsOf(input: EncoderInput, text: number): Window[] {
    const { queryPrefix, passagePrefix, titleWeight } = this.#model;
    if (typeof input === 'string') return this.#windowsOfPart('body', queryPrefix + input, [], text);
    const { title, body } = input;
    // A text with one part has the vector of that part.
    if (title === '' || body === '')
      return this.#windowsOfPart('body', passagePrefix + title + body, [], text);
    const titleText = passagePrefix + (/[.!?]$/.test(title) ? title : `${title}.`);
    const prefix = this.#tokenizer.tokenize(titleText);
    return [
      ...(titleWeight > 0 ? this.#windowsOfPart('title', titleText, [], text) : []),
      ...this.#windowsOfPart('body', body, prefix.slice(0, this.#model.maxTokens * MAX_PREFIX_SHARE), text),
    ];
  }

  #windowsOfPart(part: Window['part'], content: string, prefix: readonly number[], text: number): Window[] {
    const capacity = this.#model.maxTokens - this.#tokenizer.specialTokens - prefix.length;
    const split = splitIntoWindows(content, (piece) => this.#tokenizer.tokenize(piece), capacity);
    return split.map((tokenIds) => ({
      text,
      part,
      tokenIds: this.#tokenizer.wrap([...prefix, ...tokenIds]),
    }));
  }
}
