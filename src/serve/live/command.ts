import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { ERRORS, type ErrorBody, type ErrorCode, messageOf, PaperSearchError } from '../../errors.ts';

/** Our own program: the executable and the arguments that stand before those of a command. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

export interface CommandOptions {
  /** Descriptor of the file that is its standard input. Default: none. */
  readonly input?: number | undefined;
  /** Told what it says on standard error, in pieces. */
  readonly onSaid: (said: string) => void;
}

/** What of standard error is kept for a message. */
const KEPT_LENGTH = 2000;
/** After being asked to stop, a command is killed after this time (milliseconds). It may be killed at any moment. */
const GRACE_MS = 5000;

/** A command of ours with `--json` that runs in a process of its own. */
export class RunningCommand {
  /** What it prints, parsed. @throws PaperSearchError what it prints as its error; INTERNAL when it prints no JSON. */
  readonly result: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(program: Program, args: readonly string[], { input, onSaid }: CommandOptions) {
    this.#child = spawn(program.file, [...program.args, ...args], {
      stdio: [input ?? 'ignore', 'pipe', 'pipe'],
      // Out of the terminal's process group: Ctrl-C is for this process, which then decides.
      detached: true,
    });
    this.#exited = once(this.#child, 'close').catch(() => {});
    this.result = this.#run(onSaid);
  }

  /** Asks it to stop, then kills it; resolves when it is gone. */
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

  async #run(onSaid: (said: string) => void): Promise<unknown> {
    let said = '';
    this.#child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
      said = (said + piece).slice(-KEPT_LENGTH);
      onSaid(piece);
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
