import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PaperSearchError } from '../errors.ts';
import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import { bundledModel } from './model/minilm.ts';
import type { ModelInfo } from './model-info.ts';
import { infoOf, type Model } from './models/model.ts';
import type { EncoderMessage } from './protocol.ts';

/** Texts sent at once: few enough for smooth progress, enough that the process never waits for more. */
const CHUNK = 16;
/** Chunks under way at once: one being encoded, one ready behind it. */
const IN_FLIGHT = 2;
/** Far longer than a chunk, or converting and loading the model, takes on a slow machine (milliseconds). */
const MAX_SILENCE_MS = 120_000;

/** What is run as the encoder's process. */
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

export interface ProcessEncoderOptions {
  /** What `createProcessEncoder` runs. Default: the bundled model. */
  readonly model?: Model | undefined;
  /** Called when the weights have to be converted first. */
  readonly onConvert?: (() => void) | undefined;
  /** A process that sends nothing for this long while texts wait is killed and replaced (milliseconds). Default 120,000. */
  readonly longestSilenceMs?: number | undefined;
  /** The script that the process runs, which speaks `protocol.ts`. Default: the one that runs `model`. */
  readonly script?: string | undefined;
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
  #worker: Worker | undefined;
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
    await this.#worker?.kill();
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
    if (!this.#worker || this.#worker.ended) this.#worker = new Worker(this.#options);
    return this.#worker.encode(texts);
  }
}

interface Waiting {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

/** One encoder process from its start to its end, with the requests that wait for it. */
class Worker {
  /** Whether the process has ended or is about to: it accepts no more requests. */
  ended = false;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #longestSilenceMs: number;
  #silence: NodeJS.Timeout | undefined;
  #nextId = 0;

  constructor({
    model,
    onConvert,
    longestSilenceMs = MAX_SILENCE_MS,
    script = CHILD,
  }: ProcessEncoderOptions) {
    this.#longestSilenceMs = longestSilenceMs;
    this.#child = fork(script, model ? [JSON.stringify(model)] : [], {
      serialization: 'advanced',
      // No flags: a debugger or loader of this process is not meant for that one.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Outside the terminal's process group: Ctrl-C reaches this process only, which then decides.
      detached: true,
    });
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (exitCode, signal) => {
        this.#fail(lost(`ended unexpectedly (${signal ?? `exit code ${exitCode}`})`));
        resolve();
      });
      this.#child.once('error', (error) => {
        this.#fail(lost(`could not start: ${error.message}`));
        resolve();
      });
    });
    this.#child.on('message', (message: EncoderMessage) => {
      if (this.#waiting.size > 0) this.#listen();
      if (message.kind === 'converting') onConvert?.();
      else if (message.kind === 'unavailable') {
        this.#fail(new PaperSearchError(message.code, message.message));
        this.#child.kill('SIGKILL');
      } else if (message.kind === 'vectors') this.#take(message.id)?.resolve(message.vectors);
      else this.#take(message.id)?.reject(encoderFailed(message.message));
    });
  }

  /** A request that is sent before the model is loaded waits in the channel. */
  encode(texts: readonly EncoderInput[]): Promise<Float32Array> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#listen();
      this.#child.send({ id, texts }, (error) => {
        if (!error) return;
        this.#fail(lost(`cannot be reached: ${error.message}`));
        this.#child.kill('SIGKILL');
      });
    });
  }

  async kill(): Promise<void> {
    this.ended = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Restarts the wait for the next message of the process. Only while texts wait: an idle process sends nothing. */
  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      const seconds = Math.round(this.#longestSilenceMs / 1000);
      this.#fail(lost(`said nothing for ${seconds} seconds and was ended`));
      this.#child.kill('SIGKILL');
    }, this.#longestSilenceMs);
  }

  #fail(error: PaperSearchError): void {
    this.ended = true;
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) clearTimeout(this.#silence);
    return waiting;
  }
}

/** The process is gone, so a new one may succeed. */
class LostProcessError extends PaperSearchError {}

function lost(reason: string): LostProcessError {
  return new LostProcessError('ENCODER_FAILED', failure(reason));
}

/** The texts themselves seem to be the cause, or the machine: what happened last, and what to do. */
function lostEachTime(last: PaperSearchError, times: number): PaperSearchError {
  const message = `${last.message} The same texts were sent to ${times} processes, none of which answered. Check the memory and load of this machine.`;
  return new PaperSearchError('ENCODER_FAILED', message, { cause: last });
}

function encoderFailed(reason: string): PaperSearchError {
  return new PaperSearchError('ENCODER_FAILED', failure(reason));
}

function failure(reason: string): string {
  return `The encoder process ${reason}. Try again.`;
}
