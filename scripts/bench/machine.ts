import { execFileSync } from 'node:child_process';
import { arch, cpus, freemem, hostname, release, totalmem, type } from 'node:os';

/** Share of the memory that has to be free. */
const MIN_FREE = 0.05;

/** The machine of a run. */
export interface Machine {
  readonly name: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly os: string;
  readonly node: string;
}

export function machine(): Machine {
  const processors = cpus();
  return {
    name: process.env.BENCH_MACHINE ?? hostname(),
    cpu: processors[0]?.model.trim() ?? arch(),
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    node: process.version,
  };
}

/** Whether so little memory is left that the system may soon kill processes. */
export function memoryIsShort(): boolean {
  return freemem() < MIN_FREE * totalmem();
}

/** A machine's name as part of a file name: its CPU and cores, since host names mean little to others. */
export function slugOf({ cpu, cores }: Machine): string {
  const words = cpu.replace(/\((?:R|TM)\)/gi, '').match(/[A-Za-z0-9]+/g) ?? ['machine'];
  const named = words.filter((word) => !/^(?:CPU|Processor|with|\d+\.?\d*GHz)$/i.test(word));
  return [...named.slice(0, 4), `${cores}c`].join('-').toLowerCase();
}

/** The measured commit; "-dirty" with uncommitted changes, "unknown" without git. */
export function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

/**
 * The command that starts a program on some cores only, if the system supports it.
 * @param cores as `taskset -c` takes them ("1", "0-3"); "all" pins nothing.
 */
export function pinning(cores: string): readonly string[] {
  if (cores === 'all' || !hasTaskset()) return [];
  return ['taskset', '-c', cores];
}

/** Also pins this thread, so that it calibrates the core that the engines run on. */
export function pinSelf(cores: string): void {
  if (cores === 'all' || !hasTaskset()) return;
  execFileSync('taskset', ['-c', '-p', cores, String(process.pid)], { stdio: 'ignore' });
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
