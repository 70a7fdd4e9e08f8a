import { PaperSearchError } from '../errors.ts';
import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import { bundledModel } from './model/minilm.ts';
import type { ModelInfo } from './model-info.ts';
import { LostProcessError, ModelProcess, type ModelProcessOptions } from './model-process.ts';
import { infoOf, type Model } from './models/model.ts';

/** Texts sent at once: few enough for smooth progress, enough that the process never waits for more. */
const CHUNK = 16;
/** Chunks under way at once: one being encoded, one ready behind it. */
const IN_FLIGHT = 2;

export interface ProcessEncoderOptions extends ModelProcessOptions {
  /** What `createProcessEncoder` runs. Default: the bundled model. */
  readonly model?: Model | undefined;
}

/**
 * An encoder in a separate process, started for the first text and again after a crash or hang. A model that cannot be
 * prepared or loaded makes `encode` reject with MODEL_UNAVAILABLE.
 */
export function createProcessEncoder(options: ProcessEncoderOptions = {}): Encoder {
  return new ProcessEncoder(infoOf(options.model ?? bundledModel()), options);
}

/** See `createProcessEncoder`. */
export class ProcessEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly #options: ProcessEncoderOptions;
  #process: ModelProcess | undefined;
  #closed = false;

  /** @param model what the process runs. */
  constructor(model: ModelInfo, options: ProcessEncoderOptions = {}) {
    this.model = model;
    this.#options = options;
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    const ended = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
    let next = 0;
    let done = 0;
    const lane = async () => {
      while (next < texts.length) {
        signal.throwIfAborted();
        const start = next;
        next = Math.min(start + CHUNK, texts.length);
        const size = next - start;
        const chunk = await this.#sendAgain(texts.slice(start, start + size), { ...options, signal });
        // The caller may have closed what takes the vectors.
        signal.throwIfAborted();
        vectors.set(chunk, start * dimension);
        for (let i = 0; i < size; i++) {
          options.onVector?.(start + i, chunk.subarray(i * dimension, (i + 1) * dimension));
        }
        done += size;
        options.onProgress?.(done, texts.length);
      }
    };
    // At once: a process that stalls would hold up whoever stops.
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      await Promise.race([Promise.all(Array.from({ length: IN_FLIGHT }, lane)), stopped]);
    } finally {
      // When one lane fails, the others stop.
      ended.abort();
    }
    return vectors;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#process?.kill();
  }

  /** Sends texts again, to a new process, when theirs is lost. */
  async #sendAgain(
    texts: readonly EncoderInput[],
    { retries = 0, onRetry, signal }: EncodeOptions,
  ): Promise<Float32Array> {
    for (let sent = 1; ; sent++) {
      try {
        return await this.#send(texts);
      } catch (error) {
        if (!(error instanceof LostProcessError) || this.#closed || retries === 0) throw error;
        signal?.throwIfAborted();
        if (sent > retries) throw lostEachTime(error, sent);
        onRetry?.(error);
      }
    }
  }

  async #send(texts: readonly EncoderInput[]): Promise<Float32Array> {
    if (this.#closed) throw new PaperSearchError('ENCODER_FAILED', 'The encoder is closed.');
    if (!this.#process || this.#process.ended) this.#process = new ModelProcess(this.#options);
    return this.#process.request({ texts });
  }
}

/** The texts themselves seem to be the cause, or the machine: what happened last, and what to do. */
function lostEachTime(last: PaperSearchError, times: number): PaperSearchError {
  const message = `${last.message} The same texts were sent to ${times} processes, none of which answered. Check the memory and load of this machine.`;
  return new PaperSearchError('ENCODER_FAILED', message, { cause: last });
}
