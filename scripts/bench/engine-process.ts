import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HelloAnswer, Request } from './engines/protocol.ts';
import type { EngineEntry } from './engines/registry.ts';
import { PYTHON } from './install.ts';
import { memoryIsShort } from './machine.ts';

const ENGINES = fileURLToPath(new URL('engines/', import.meta.url));
/** How much standard error of a process is kept (characters), to report why it ended. */
const TAIL = 8000;
/** Interval of checks of the machine's free memory (milliseconds). */
const WATCH_MS = 250;

export interface StartOptions {
  /** Words before the command that pin it to cores. */
  readonly pinning: readonly string[];
  /** Heap limit of a Node engine (MB): the default is too small for most at the larger sizes. */
  readonly heapMb: number;
}

/** An engine in its own process. One request at a time. */
export class EngineProcess {
  readonly hello: HelloAnswer;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #said: { text: string };

  private constructor(
    hello: HelloAnswer,
    child: ChildProcess,
    lines: AsyncIterator<string>,
    said: { text: string },
  ) {
    this.hello = hello;
    this.#child = child;
    this.#lines = lines;
    this.#said = said;
  }

  /** Starts the process of an engine. @throws Error with the reason when the engine does not load. */
  static async start(entry: EngineEntry, { pinning, heapMb }: StartOptions): Promise<EngineProcess> {
    const [command, ...args] = [...pinning, ...commandOf(entry, heapMb)];
    const child = spawn(command!, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const said = { text: '' };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.text = (said.text + text).slice(-TAIL);
    });
    // A write to a dead process is reported by the exit event, which every request listens to.
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      said.text += error.message;
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const hello = await answer<HelloAnswer>(lines, said);
    return new EngineProcess(hello, child, lines, said);
  }

  /**
   * Sends a request and waits for its answer.
   * @param limitMs after this time, or when memory runs out, the process is killed.
   * @throws Error with the message of the engine: it threw, ended, or took too long.
   */
  async ask<Answer>(request: Request, limitMs: number): Promise<Answer> {
    const end = (why: string) => {
      this.#said.text = why;
      this.#child.kill('SIGKILL');
    };
    const limit = setTimeout(() => end(`took more than ${limitMs / 1000} s`), limitMs);
    // Otherwise the system would kill some process, perhaps not the engine that uses the memory.
    const watch = setInterval(() => memoryIsShort() && end('the memory of the machine ran out'), WATCH_MS);
    try {
      this.#child.stdin!.write(`${JSON.stringify(request)}\n`);
      return await answer<Answer>(this.#lines, this.#said);
    } finally {
      clearTimeout(limit);
      clearInterval(watch);
    }
  }

  /** Ends the process, which then ends those that it started. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    this.#child.stdin!.end();
    await exited;
    clearTimeout(limit);
  }
}

function commandOf({ module, options = {} }: EngineEntry, heapMb: number): string[] {
  if (module.endsWith('.py')) return [PYTHON, join(ENGINES, module), JSON.stringify(options)];
  const flags = ['--expose-gc', `--max-old-space-size=${heapMb}`, '--import', import.meta.resolve('tsx')];
  return [process.execPath, ...flags, join(ENGINES, 'process.ts'), module, JSON.stringify(options)];
}

async function answer<Answer>(lines: AsyncIterator<string>, said: { text: string }): Promise<Answer> {
  const { value, done } = await lines.next();
  if (done)
    throw new Error(
      said.text.trim() || 'the process ended without a message (killed, perhaps for its memory)',
    );
  const parsed: Answer | { error: string } = JSON.parse(value);
  if (typeof parsed === 'object' && parsed !== null && 'error' in parsed) throw new Error(parsed.error);
  return parsed as Answer;
}
