import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../corpora.ts';

/** The compared version of ASReview (PyPI). */
export const ASREVIEW_VERSION = '3.0.8';
/** The system's name in files and reports. */
export const ASREVIEW = 'asreview';

const FOLDER = join(CACHE, `asreview-${ASREVIEW_VERSION}`);
/** The script that simulates with ASReview; its arguments are those of ours-runs.ts. */
export const ASREVIEW_SCRIPT = fileURLToPath(new URL('asreview-runs.py', import.meta.url));

/** The Python that has ASReview; installed on the first use. @throws Error when it cannot be installed. */
export function asreviewPython(): string {
  const python = join(FOLDER, 'bin', 'python');
  if (existsSync(python) && runs(python, ['-c', 'import asreview.simulation.simulate'])) return python;
  process.stderr.write(`Installing asreview ${ASREVIEW_VERSION}\n`);
  const isInstalled =
    runs('python3', ['-m', 'venv', FOLDER]) &&
    runs(python, ['-m', 'pip', 'install', '--quiet', `asreview==${ASREVIEW_VERSION}`]);
  if (!isInstalled) throw new Error(`asreview ${ASREVIEW_VERSION} cannot be installed in ${FOLDER}.`);
  return python;
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
