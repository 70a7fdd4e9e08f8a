import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from './corpora.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PYTHON_FOLDER = join(CACHE, 'python');
/** The Python that the engines run in. */
export const PYTHON = join(PYTHON_FOLDER, 'bin', 'python');

/**
 * Installs what is compared with, once for each state of the lock files: npm packages beside this file, Python
 * packages in the cache. What does not install shows in the engines that need it: they fail with the reason.
 */
export function installAlternatives(): void {
  once('package-lock.json', join(HERE, 'node_modules'), () => run('npm', ['ci', '--no-audit', '--no-fund']));
  once('engines/python/requirements.txt', PYTHON_FOLDER, (requirements) => {
    run('python3', ['-m', 'venv', PYTHON_FOLDER]);
    // One by one: a package that a platform lacks should cost its own engine only.
    const installed = readFileSync(requirements, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((requirement) => run(PYTHON, ['-m', 'pip', 'install', '--quiet', requirement]));
    return installed.every(Boolean);
  });
}

/** Runs `install` unless it succeeded for the same content of `list`; a mark in `folder` remembers. */
function once(list: string, folder: string, install: (list: string) => boolean): void {
  const file = join(HERE, list);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const mark = join(folder, '.installed-for-bench');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  process.stderr.write(`Installing what ${list} names\n`);
  if (install(file)) writeFileSync(mark, digest);
}

/** Whether the command succeeded; what it says goes to standard error. */
function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: HERE, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
