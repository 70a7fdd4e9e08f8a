import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PaperSearchError } from '../errors.ts';
import { isReranker } from './models/tasks.ts';
import type { ModelMessage, ModelRequest, ModelSetup } from './protocol.ts';

/** Far longer than a request, or converting and loading the model, takes on a slow machine (milliseconds). */
const MAX_SILENCE_MS = 120_000;

/** What is run as the model's process. */
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

export interface ModelProcessOptions {
  /** Called when the weights have to be converted first. */
  readonly onConvert?: (() => void) | undefined;
  /** A process that sends nothing for this long while requests wait is killed (milliseconds). Default 120,000. */
  readonly longestSilenceMs?: number | undefined;
  /** The script that the process runs, which speaks `protocol.ts`. Default: the one that runs the model. */
  readonly script?: string | undefined;
}

interface Waiting {
  readonly resolve: (numbers: Float32Array) => void;
  readonly reject: (error: Error) => void;
}

/** One process of a model from its start to its end, with the requests that wait for it. */
export class ModelProcess {
  /** Whether the process has ended or is about to: it accepts no more requests. */
  ended = false;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  readonly #longestSilenceMs: number;
  /** What the process is to users. */
  readonly #what: string;
  #silence: NodeJS.Timeout | undefined;
  #nextId = 0;

  constructor({
    model,
    threads,
    onConvert,
    longestSilenceMs = MAX_SILENCE_MS,
    script = CHILD,
  }: ModelProcessOptions & ModelSetup) {
    this.#longestSilenceMs = longestSilenceMs;
    this.#what = model && isReranker(model) ? 'reranker' : 'encoder';
    this.#child = fork(script, [JSON.stringify({ model, threads } satisfies ModelSetup)], {
      serialization: 'advanced',
      // No flags: a debugger or loader of this process is not meant for that one.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // Outside the terminal's process group: Ctrl-C reaches this process only, which then decides.
      detached: true,
    });
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', (exitCode, signal) => {
        this.#fail(this.#lost(`ended unexpectedly (${signal ?? `exit code ${exitCode}`})`));
        resolve();
      });
      this.#child.once('error', (error) => {
        this.#fail(this.#lost(`could not start: ${error.message}`));
        resolve();
      });
    });
    this.#child.on('message', (message: ModelMessage) => {
      if (this.#waiting.size > 0) this.#listen();
      if (message.kind === 'converting') onConvert?.();
      else if (message.kind === 'unavailable') {
        this.#fail(new PaperSearchError(message.code, message.message));
        this.#child.kill('SIGKILL');
      } else if (message.kind === 'done') this.#take(message.id)?.resolve(message.numbers);
      else this.#take(message.id)?.reject(failed(this.#what, message.message));
    });
  }

  /**
   * Sends a request; one that is sent before the model is loaded waits in the channel.
   * @returns the numbers that the model computed.
   */
  request(request: ModelRequest): Promise<Float32Array> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#listen();
      this.#child.send({ id, ...request }, (error) => {
        if (!error) return;
        this.#fail(this.#lost(`cannot be reached: ${error.message}`));
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
      this.#fail(this.#lost(`said nothing for ${seconds} seconds and was ended`));
      this.#child.kill('SIGKILL');
    }, this.#longestSilenceMs);
  }

  #fail(error: PaperSearchError): void {
    this.ended = true;
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }

  #lost(reason: string): LostProcessError {
    return new LostProcessError('ENCODER_FAILED', failure(this.#what, reason));
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) clearTimeout(this.#silence);
    return waiting;
  }
}

/** The process is gone, so a new one may succeed. */
export class LostProcessError extends PaperSearchError {}

function failed(what: string, reason: string): PaperSearchError {
  return new PaperSearchError('ENCODER_FAILED', failure(what, reason));
}

function failure(what: string, reason: string): string {
  return `The ${what} process ${reason}. Try again.`;
}
