import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An ingest skips names that begin with a dot. */
const PACE_FILE = '.pace';

/**
 * When a service may be asked again after the fetch before this one (milliseconds since 1970): commands that
 * follow one another keep its pace too.
 * @param mostMs the longest rest: a clock that was set back must not make it wait longer.
 */
export async function readPace(serviceFolder: string, now: number, mostMs: number): Promise<number> {
  const text = await readFile(join(serviceFolder, PACE_FILE), 'utf8').catch(() => '');
  return Math.min(Number.parseInt(text, 10) || 0, now + mostMs);
}

/** Notes when the service may be asked again. Without the note, the next command does not wait. */
export async function writePace(serviceFolder: string, readyAt: number): Promise<void> {
  await writeFile(join(serviceFolder, PACE_FILE), `${readyAt}\n`).catch(() => {});
}
