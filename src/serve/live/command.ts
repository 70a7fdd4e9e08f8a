import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ERRORS, type ErrorBody, type ErrorCode, messageOf, PaperSearchError } from '../../errors.ts';

/** Our own program: the executable and the arguments before the command. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

export interface CommandOptions {
  /** Descriptor of the file that is its standard input. Default: none. */
  readonly input?: number | undefined;
  /** Receives its standard error, in pieces. */
  readonly onOutput: (said: string) => void;
}

/** How much of the end of standard error is kept for an error message (characters). */
const KEPT_LENGTH = 2000;
/** Time between SIGTERM and SIGKILL (milliseconds). Commands can be killed safely at any time. */
const GRACE_MS = 5000;

/** Runs one of our commands with `--json` in its own process. */
export class RunningCommand {
  /** Its parsed output. @throws PaperSearchError the error that it prints; INTERNAL when its output is not JSON. */
  readonly result: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(program: Program, args: readonly string[], { input, onOutput }: CommandOptions) {
    this.#child = spawn(program.file, [...program.args, ...args], {
      stdio: [input ?? 'ignore', 'pipe', 'pipe'],
      // Not in the terminal's process group: Ctrl-C signals only this process, which then stops the command.
      detached: true,
    });
    this.#exited = once(this.#child, 'close').catch(() => {});
    this.result = this.#run(onOutput);
  }

  /** Sends SIGTERM, then SIGKILL; resolves when the process has exited. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const waited = new AbortController();
    const tooLong = setTimeout(GRACE_MS, undefined, { signal: waited.signal }).then(
      () => this.#child.kill('SIGKILL'),
      () => {},
    );
    await this.#exited;
    waited.abort();
    await tooLong;
  }

  async #run(onOutput: (said: string) => void): Promise<unknown> {
    let said = '';
    this.#child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-KEPT_LENGTH);
      onOutput(piece);
    });
    const started = once(this.#child, 'spawn').catch((cause: unknown) => {
      throw new PaperSearchError('INTERNAL', `Cannot start ${this.#child.spawnfile}: ${messageOf(cause)}.`, {
        cause,
      });
    });
    const [printed] = await Promise.all([text(this.#child.stdout!), started, this.#exited]);
    return resultOf(printed, said, this.#child.signalCode ?? `exit code ${this.#child.exitCode}`);
  }
}

function resultOf(printed: string, said: string, ending: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch (cause) {
    throw new PaperSearchError('INTERNAL', `The command ended with ${ending}: ${said.trim()}`, { cause });
  }
  if (!isErrorBody(value)) return value;
  const { code, message, details } = value.error;
  throw new PaperSearchError(code, message, details && { details });
}

function isErrorBody(value: unknown): value is ErrorBody & { error: { details?: Record<string, unknown> } } {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { code } = value.error as { code?: ErrorCode };
  return code !== undefined && Object.hasOwn(ERRORS, code);
}
