import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Memory of a process and all that it started (bytes). */
export interface MemoryUse {
  /** Resident: of files that are mapped, too. */
  readonly resident: number;
  /** Resident and of no file. */
  readonly anonymous: number;
}

/** Milliseconds between two looks. */
const EVERY_MS = 200;

/** Watches the memory of a process and of those that it started. */
export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peak: MemoryUse = { resident: 0, anonymous: 0 };

  /** @param most resident bytes: the process is killed when it has more. */
  constructor(pid: number, most: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => {
      if (this.now().resident > most) process.kill(pid, 'SIGKILL');
    }, EVERY_MS);
    this.#timer.unref();
  }

  now(): MemoryUse {
    const all = familyOf(this.#pid).map(usedBy);
    const sum = {
      resident: all.reduce((total, { resident }) => total + resident, 0),
      anonymous: all.reduce((total, { anonymous }) => total + anonymous, 0),
    };
    this.#peak = {
      resident: Math.max(this.#peak.resident, sum.resident),
      anonymous: Math.max(this.#peak.anonymous, sum.anonymous),
    };
    return sum;
  }

  /** The process alone. */
  own(): MemoryUse {
    return usedBy(this.#pid);
  }

  /** Starts again to look for the largest use. */
  reset(): void {
    this.#peak = { resident: 0, anonymous: 0 };
  }

  get peak(): MemoryUse {
    return this.#peak;
  }

  stop(): MemoryUse {
    clearInterval(this.#timer);
    return this.#peak;
  }
}

function familyOf(pid: number): number[] {
  const children = existsSync(`/proc/${pid}/task`)
    ? readdirSync(`/proc/${pid}/task`).flatMap((task) => {
        const list = read(`/proc/${pid}/task/${task}/children`).trim();
        return list === '' ? [] : list.split(' ').map(Number);
      })
    : [];
  return [pid, ...children.flatMap(familyOf)];
}

function usedBy(pid: number): MemoryUse {
  const status = read(`/proc/${pid}/status`);
  const of = (name: string) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { resident: of('VmRSS'), anonymous: of('RssAnon') };
}

/** Empty for a process that has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** A group of processes that the system gives no more memory than it may have, its page cache included. */
export class MemoryLimit {
  /** What a command has to be started with. */
  readonly command: readonly string[];
  readonly #folder: string | undefined;

  /** @param bytes without the right to make such a group there is none, and only `MemoryWatch` holds the limit. */
  constructor(name: string, bytes: number) {
    this.#folder = makeGroup(name, bytes);
    this.command = this.#folder
      ? ['sh', '-c', `echo $$ > ${join(this.#folder, 'cgroup.procs')}; exec "$@"`, 'sh']
      : [];
  }

  get isEnforced(): boolean {
    return this.#folder !== undefined;
  }

  /** Removes the group, once its processes have ended. */
  close(): void {
    try {
      if (this.#folder) rmdirSync(this.#folder);
    } catch {
      // The system removes it with its last process at the latest.
    }
  }
}

function makeGroup(name: string, bytes: number): string | undefined {
  const groups = [
    ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
    ['/sys/fs/cgroup', 'memory.max'],
  ] as const;
  for (const [root, limit] of groups) {
    const folder = join(root, `paper-search-${name}-${process.pid}`);
    try {
      if (!existsSync(join(root, 'cgroup.procs'))) continue;
      mkdirSync(folder);
      writeFileSync(join(folder, limit), String(bytes));
      return folder;
    } catch {
      if (existsSync(folder)) execFileSync('rmdir', [folder]);
    }
  }
  return undefined;
}
