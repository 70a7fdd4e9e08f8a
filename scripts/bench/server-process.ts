import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DIST } from './product.ts';

/** Delays of an event loop (milliseconds). */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface ServerOptions {
  /** The folder of the build. Default: `dist/`. */
  readonly dist?: URL;
  /** Words before the command. Default: none. */
  readonly pinning?: readonly string[];
  /** Additional arguments of Node. */
  readonly node?: readonly string[];
  /** Additional arguments of `serve`. */
  readonly serve?: readonly string[];
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

const DELAY = new URL('server-delay.mjs', import.meta.url).href;

/** The built server on an index, in its own process. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #lines: EventEmitter;

  private constructor(url: string, child: ChildProcess, lines: EventEmitter) {
    this.url = url;
    this.#child = child;
    this.#lines = lines;
  }

  /** Starts the server on a free port. */
  static async start(index: string, options: ServerOptions = {}): Promise<ServerProcess> {
    const { dist = DIST, pinning = [], node = [], serve = [], env } = options;
    const main = fileURLToPath(new URL('cli/main.js', dist));
    const program = [process.execPath, ...node, '--import', DELAY, main];
    const [command, ...args] = [...pinning, ...program, 'serve', '--index', index, '--port', '0', ...serve];
    const child = spawn(command!, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    });
    const lines = new EventEmitter();
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const [, url] = line.match(/"msg":"Serving [^"]* at (http[^"\s]+)"/) ?? [];
      if (url) lines.emit('serving', url);
      const [, delay] = line.match(/^event-loop-delay (.*)$/) ?? [];
      if (delay) lines.emit('delay', JSON.parse(delay));
      const [, memory] = line.match(/^memory-in-use (\d+)$/) ?? [];
      if (memory) lines.emit('memory', Number(memory));
    });
    child.once('exit', () => lines.emit('error', new Error(`The server ended: ${said.slice(-5).join(' ')}`)));
    const [url] = await once(lines, 'serving');
    return new ServerProcess(url, child, lines);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /**
   * As `loopDelay`, and the memory in use after a garbage collection (bytes). Only for a server that loads
   * `scripts/load/server-memory.mjs`.
   */
  async figures(): Promise<{ readonly loopDelay: LoopDelay; readonly memory: number }> {
    const memory = once(this.#lines, 'memory');
    const loopDelay = await this.loopDelay();
    const [bytes] = await memory;
    return { loopDelay, memory: bytes };
  }

  /** The delay of the event loop since the last call. */
  async loopDelay(): Promise<LoopDelay> {
    const answer = once(this.#lines, 'delay');
    this.#child.kill('SIGUSR2');
    const [delay] = await answer;
    return delay;
  }

  async stop(): Promise<void> {
    this.#lines.on('error', () => {});
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}
