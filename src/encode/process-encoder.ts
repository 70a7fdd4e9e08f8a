import { availableParallelism } from 'node:os';
import { PaperSearchError } from '../errors.ts';
import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import { bundledModel } from './model/minilm.ts';
import type { ModelInfo } from './model-info.ts';
import { LostProcessError, ModelProcess, type ModelProcessOptions } from './model-process.ts';
import { infoOf, type Model } from './models/model.ts';

/** Texts sent at once: few enough for smooth progress, enough that the process never waits for more. */
const CHUNK = 16;
/** Chunks a process has at once: one being encoded, one ready behind it. */
const IN_FLIGHT = 2;
/** Another process is used from so many texts a process on: loading the model takes as long as encoding some 25. */
const MIN_TEXTS = 32;

export interface ProcessEncoderOptions extends ModelProcessOptions {
  /** What `createProcessEncoder` runs. Default: the bundled model. */
  readonly model?: Model | undefined;
  /** Processes that encode the texts of one call, each with the model in its memory. Default 1. */
  readonly processes?: number | undefined;
  /** Threads that run the model in each process. Default: one per physical core. */
  readonly threads?: number | undefined;
}

/**
 * An encoder in separate processes, each started for its first text and again after a crash or hang. A model that cannot be
 * prepared or loaded makes `encode` reject with MODEL_UNAVAILABLE. Vectors do not depend on the number of processes.
 */
export function createProcessEncoder(options: ProcessEncoderOptions = {}): Encoder {
  return new ProcessEncoder(infoOf(options.model ?? bundledModel()), options);
}

/** Processes of a bulk encoder: each has about 170 MB. */
const MAX_PROCESSES = 4;

/**
 * An encoder for thousands of texts: a process of one thread per core, up to four, and then more threads for each. The
 * threads of one process wait for each other at every step of the model and use their cores while they do
 * (`scripts/encoding/candidates.md`); processes do not. Otherwise as `createProcessEncoder`.
 */
export function createBulkEncoder(options: ProcessEncoderOptions = {}): Encoder {
  return createProcessEncoder({ ...bulkProcesses(), ...options });
}

/** The processes of an encoder for thousands of texts, and the threads of each. See `createBulkEncoder`. */
export function bulkProcesses(): { readonly processes: number; readonly threads: number } {
  const cores = availableParallelism();
  const processes = Math.min(cores, MAX_PROCESSES);
  return { processes, threads: Math.floor(cores / processes) };
}

/** See `createProcessEncoder`. */
export class ProcessEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly #options: ProcessEncoderOptions;
  readonly #processes: ModelProcess[] = [];
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
    const lane = async (place: number) => {
      while (next < texts.length) {
        signal.throwIfAborted();
        const start = next;
        next = Math.min(start + CHUNK, texts.length);
        const size = next - start;
        const chunk = await this.#sendAgain(place, texts.slice(start, start + size), { ...options, signal });
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
    const processes = Math.max(
      1,
      Math.min(this.#options.processes ?? 1, Math.floor(texts.length / MIN_TEXTS)),
    );
    const lanes = Array.from({ length: IN_FLIGHT * processes }, (_, i) => i % processes);
    try {
      await Promise.race([Promise.all(lanes.map(lane)), stopped]);
    } finally {
      // When one lane fails, the others stop.
      ended.abort();
    }
    return vectors;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#processes.map((process) => process.kill()));
  }

  /** Sends texts again, to a new process, when theirs is lost. @param place of the process. */
  async #sendAgain(
    place: number,
    texts: readonly EncoderInput[],
    { retries = 0, onRetry, signal }: EncodeOptions,
  ): Promise<Float32Array> {
    for (let sent = 1; ; sent++) {
      try {
        return await this.#send(place, texts);
      } catch (error) {
        if (!(error instanceof LostProcessError) || this.#closed || retries === 0) throw error;
        signal?.throwIfAborted();
        if (sent > retries) throw lostEachTime(error, sent);
        onRetry?.(error);
      }
    }
  }

  async #send(place: number, texts: readonly EncoderInput[]): Promise<Float32Array> {
    if (this.#closed) throw new PaperSearchError('ENCODER_FAILED', 'The encoder is closed.');
    let process = this.#processes[place];
    if (!process || process.ended) {
      process = new ModelProcess(this.#options);
      this.#processes[place] = process;
    }
    return process.request({ texts });
  }
}

/** The texts themselves seem to be the cause, or the machine: what happened last, and what to do. */
function lostEachTime(last: PaperSearchError, times: number): PaperSearchError {
  const message = `${last.message} The same texts were sent to ${times} processes, none of which answered. Check the memory and load of this machine.`;
  return new PaperSearchError('ENCODER_FAILED', message, { cause: last });
}
