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
 * Installs the compared engines once for each state of the lock files: npm packages next to this file, Python packages
 * in the cache. Engines whose packages cannot be installed fail with the reason.
 */
export function installAlternatives(): void {
  once('package-lock.json', join(HERE, 'node_modules'), () => run('npm', ['ci', '--no-audit', '--no-fund']));
  once('engines/python/requirements.txt', PYTHON_FOLDER, (requirements) => {
    run('python3', ['-m', 'venv', PYTHON_FOLDER]);
    // One by one: a package that a platform lacks should affect only its own engine.
    const installed = readFileSync(requirements, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((requirement) => run(PYTHON, ['-m', 'pip', 'install', '--quiet', requirement]));
    return installed.every(Boolean);
  });
}

/** Runs `install` unless it succeeded for the same content of `list`; a marker in `folder` records that. */
function once(list: string, folder: string, install: (list: string) => boolean): void {
  const file = join(HERE, list);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const mark = join(folder, '.installed-for-bench');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  process.stderr.write(`Installing the packages in ${list}\n`);
  if (install(file)) writeFileSync(mark, digest);
}

/** Whether the command succeeded; its output is written to standard error. */
function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: HERE, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
