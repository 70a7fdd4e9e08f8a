import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import type { Precision } from './model/bert-graph.ts';
import { bundledModel } from './model/minilm.ts';
import type { ModelInfo } from './model-info.ts';
import { addTokenVectors, addWeighted, normalize } from './pooling.ts';
import type { ModelSession } from './session.ts';
import type { ModelTokenizer } from './tokenizer.ts';
import { splitIntoWindows } from './windows.ts';

export interface LocalEncoderOptions {
  /** Weights as 8-bit integers (default) or as 32-bit floats: four times the size, twice the time. */
  readonly precision?: Precision;
  /**
   * Windows a run. Default 1: a larger batch is no faster on a CPU, and activations are quantised over the
   * whole batch, so a text's vector would depend on its neighbours.
   */
  readonly batchSize?: number;
  /** Called when the weights have to be converted first. */
  readonly onConvert?: () => void;
}

const SPECIAL_TOKENS = 2;

/** Tokens of a title that every window of its body begins with; a longer one is cut there, and only there. */
const MAX_PREFIX_LENGTH = 64;

/**
 * Weight of a paper's title beside the whole text. The mean of hundreds of tokens hides the title, which short
 * questions are similar to. scripts/measurements/title-weight.md has the figures behind the choice.
 */
const TITLE_WEIGHT = 0.7;

/** An encoder in this thread, which it blocks while the model runs. Servers use a ProcessEncoder instead. */
export async function createLocalEncoder(options: LocalEncoderOptions = {}): Promise<Encoder> {
  const precision = options.precision ?? 'int8';
  // Loaded on demand: loading takes longer than opening an index and searching it.
  const { prepareModel } = await import('./model/prepare.ts');
  const { loadTokenizer } = await import('./tokenizer.ts');
  const { openSession } = await import('./session.ts');
  const prepared = await prepareModel(precision, options.onConvert);
  const tokenizer = await loadTokenizer(prepared);
  const session = await openSession(prepared);
  return new LocalEncoder(bundledModel(precision), tokenizer, session, options.batchSize ?? 1);
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
  readonly #tokenizer: ModelTokenizer;
  readonly #session: ModelSession;
  readonly #batchSize: number;

  constructor(model: ModelInfo, tokenizer: ModelTokenizer, session: ModelSession, batchSize: number) {
    this.model = model;
    this.#tokenizer = tokenizer;
    this.#session = session;
    this.#batchSize = batchSize;
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const rows = (vectors: Float32Array, text: number) =>
      vectors.subarray(text * dimension, (text + 1) * dimension);
    // Summed over all windows of a part: its vector is the mean of all its tokens.
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
        addTokenVectors(hidden.values, offset, tokenIds.length, dimension, rows(sums[part], text));
        if (--pending[text]! > 0) return;
        const vector = normalize(rows(sums.body, text));
        addWeighted(vector, normalize(rows(sums.title, text)), TITLE_WEIGHT);
        normalize(vector);
        done++;
        options.onVector?.(text, vector);
      });
      options.onProgress?.(done, texts.length);
    }
    return sums.body;
  }

  async close(): Promise<void> {
    await this.#session.dispose();
  }

  #windowsOf(input: EncoderInput, text: number): Window[] {
    const { title, body } = typeof input === 'string' ? { title: '', body: input } : input;
    // A text with one part has the vector of that part.
    if (title === '' || body === '') return this.#windowsOfPart('body', title + body, [], text);
    const titleText = /[.!?]$/.test(title) ? title : `${title}.`;
    const prefix = this.#tokenizer.tokenize(titleText);
    return [
      ...this.#windowsOfPart('title', titleText, [], text),
      ...this.#windowsOfPart('body', body, prefix.slice(0, MAX_PREFIX_LENGTH), text),
    ];
  }

  #windowsOfPart(part: Window['part'], content: string, prefix: readonly number[], text: number): Window[] {
    const capacity = this.model.maxTokens - SPECIAL_TOKENS - prefix.length;
    const split = splitIntoWindows(content, (piece) => this.#tokenizer.tokenize(piece), capacity);
    return split.map((tokenIds) => ({
      text,
      part,
      tokenIds: this.#tokenizer.wrap([...prefix, ...tokenIds]),
    }));
  }
}
