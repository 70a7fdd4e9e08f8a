import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Span } from './timeline.ts';

/** Interval of looking for a new process (milliseconds). */
const LOOK_MS = 100;

/** Kills the encoder process of a server again and again, and checks that it is replaced. */
export class EncoderKiller {
  readonly #server: number;
  readonly #kills: { readonly from: number; to: number }[] = [];

  /** @param server its process id. */
  constructor(server: number) {
    this.#server = server;
  }

  /** From each kill until the next process was there; the last one may not have ended. */
  get kills(): readonly Span[] {
    return this.#kills;
  }

  /** Kills it and waits for the next one, which starts with the next query. If there is none, waits for it first. */
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

/** The process id of the encoder that a process has started; undefined if there is none. */
export async function encoderOf(parent: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'ppid=,pid=,stat=,args=']);
  for (const line of stdout.split('\n')) {
    const [ppid, pid, state, ...args] = line.trim().split(/\s+/);
    // A killed process stays in the list until its parent has waited for it.
    if (Number(ppid) === parent && !state!.startsWith('Z') && args.join(' ').includes('encode/child.js')) {
      return Number(pid);
    }
  }
  return undefined;
}
