import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PaperSearchError } from '../errors.ts';
import type { ModelInfo } from '../types.ts';
import type { EncodeOptions, Encoder, EncoderInput } from './encoder.ts';
import { bundledModel } from './model/minilm.ts';
import type { EncoderMessage } from './protocol.ts';

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Texts sent at once: few enough for smooth progress, enough that the process never waits for more. */
const CHUNK = 16;
/** Chunks under way at once: one being encoded, one ready behind it. */
const IN_FLIGHT = 2;

export interface ProcessEncoderOptions {
  /** Called when the weights have to be converted first. */
  readonly onConvert?: (() => void) | undefined;
}

/**
 * An encoder in a process of its own, started at the first text and again after a crash. A model that cannot
 * be prepared or loaded makes `encode` reject with MODEL_UNAVAILABLE.
 */
export function createProcessEncoder(options: ProcessEncoderOptions = {}): Encoder {
  return new ProcessEncoder(bundledModel('int8'), options.onConvert ?? (() => {}));
}

interface Waiting {
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

class ProcessEncoder implements Encoder {
  readonly model: ModelInfo;
  #child: Promise<ChildProcess> | undefined;
  readonly #onConvert: () => void;
  #closed = false;
  #nextId = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(model: ModelInfo, onConvert: () => void) {
    this.model = model;
    this.#onConvert = onConvert;
  }

  async encode(texts: readonly EncoderInput[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension);
    let next = 0;
    let done = 0;
    const lane = async () => {
      while (next < texts.length) {
        options.signal?.throwIfAborted();
        const start = next;
        next = Math.min(start + CHUNK, texts.length);
        const size = next - start;
        const chunk = await this.#send(texts.slice(start, start + size));
        vectors.set(chunk, start * dimension);
        for (let i = 0; i < size; i++) {
          options.onVector?.(start + i, chunk.subarray(i * dimension, (i + 1) * dimension));
        }
        done += size;
        options.onProgress?.(done, texts.length);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return vectors;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = await this.#child?.catch(() => undefined);
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async #send(texts: readonly EncoderInput[]): Promise<Float32Array> {
    if (this.#closed) throw new PaperSearchError('ENCODER_FAILED', 'The encoder is closed.');
    this.#child ??= this.#start();
    const child = await this.#child;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      child.send({ id, texts }, (error) => {
        if (error) this.#settle(id)?.reject(encoderFailed(`cannot be reached: ${error.message}`));
      });
    });
  }

  #start(): Promise<ChildProcess> {
    return new Promise((resolve, reject) => {
      // Plain flags: a debugger or loader given to this process is not meant for that one.
      const child = fork(CHILD, [], {
        serialization: 'advanced',
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child.on('message', (message: EncoderMessage) => {
        if (message.kind === 'ready') resolve(child);
        else if (message.kind === 'converting') this.#onConvert();
        else if (message.kind === 'unavailable') {
          this.#child = undefined;
          reject(new PaperSearchError(message.code, message.message));
          child.kill();
        } else if (message.kind === 'vectors') this.#settle(message.id)?.resolve(message.vectors);
        else this.#settle(message.id)?.reject(encoderFailed(message.message));
      });
      child.once('error', (error) => {
        this.#child = undefined;
        reject(encoderFailed(`could not start: ${error.message}`));
      });
      child.once('exit', (exitCode, signal) => {
        const error = encoderFailed(`ended unexpectedly (${signal ?? `exit code ${exitCode}`})`);
        this.#child = undefined;
        reject(error);
        for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(error);
      });
    });
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

function encoderFailed(reason: string): PaperSearchError {
  return new PaperSearchError('ENCODER_FAILED', `The encoder process ${reason}. Try again.`);
}
