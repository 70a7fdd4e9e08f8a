import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Span } from './timeline.ts';

/** How often a new process is looked for (milliseconds). */
const LOOK_MS = 100;

/** Kills the encoder's process of a server from outside, again and again, and sees that another one comes. */
export class EncoderKiller {
  readonly #server: number;
  readonly #kills: { readonly from: number; to: number }[] = [];

  /** @param server its process id. */
  constructor(server: number) {
    this.#server = server;
  }

  /** From each kill until another process was there; for the last one perhaps without an end. */
  get kills(): readonly Span[] {
    return this.#kills;
  }

  /** Kills it and waits for the next one, which comes with the next question. Without one there, waits for it first. */
  async kill(signal: AbortSignal): Promise<void> {
    const victim = await this.#other(undefined, signal);
    if (victim === undefined) return;
    const kill = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    this.#kills.push(kill);
    process.kill(victim, 'SIGKILL');
    if ((await this.#other(victim, signal)) !== undefined) kill.to = performance.now();
  }

  async #other(than: number | undefined, signal: AbortSignal): Promise<number | undefined> {
    while (!signal.aborted) {
      const found = await encoderOf(this.#server);
      if (found !== undefined && found !== than) return found;
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {});
    }
    return undefined;
  }
}

/** The process id of the encoder that a process has started; undefined when it has none. */
export async function encoderOf(parent: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'ppid=,pid=,stat=,args=']);
  for (const line of stdout.split('\n')) {
    const [ppid, pid, state, ...args] = line.trim().split(/\s+/);
    // One that was killed stays in the list until its parent has looked.
    if (Number(ppid) === parent && !state!.startsWith('Z') && args.join(' ').includes('encode/child.js')) {
      return Number(pid);
    }
  }
  return undefined;
}
