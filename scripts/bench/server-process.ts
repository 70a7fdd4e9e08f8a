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

const DELAY = new URL('server-delay.mjs', import.meta.url).href;

/** The built server on an index, as a process of its own. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #lines: EventEmitter;

  private constructor(url: string, child: ChildProcess, lines: EventEmitter) {
    this.url = url;
    this.#child = child;
    this.#lines = lines;
  }

  /** Starts the server on a free port. @param pinning what comes before the command. */
  static async start(index: string, pinning: readonly string[]): Promise<ServerProcess> {
    const main = fileURLToPath(new URL('cli/main.js', DIST));
    const serve = ['--import', DELAY, main, 'serve', '--index', index, '--port', '0'];
    const [command, ...args] = [...pinning, process.execPath, ...serve];
    const child = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const lines = new EventEmitter();
    const said: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const [, url] = line.match(/"msg":"Serving [^"]* at (http[^"\s]+)"/) ?? [];
      if (url) lines.emit('serving', url);
      const [, delay] = line.match(/^event-loop-delay (.*)$/) ?? [];
      if (delay) lines.emit('delay', JSON.parse(delay));
    });
    child.once('exit', () => lines.emit('error', new Error(`The server ended: ${said.slice(-5).join(' ')}`)));
    const [url] = await once(lines, 'serving');
    return new ServerProcess(url, child, lines);
  }

  /** How long the event loop was held up since the last call. */
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
