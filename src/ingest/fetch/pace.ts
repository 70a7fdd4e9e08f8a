import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An ingest skips names that begin with a dot. */
const PACE_FILE = '.pace';

/**
 * When the service may be requested again after the previous fetch (milliseconds since 1970), so that successive
 * commands also keep its pace.
 * @param maxMs the longest pause: a clock that was set back must not make it wait longer.
 */
export async function readPace(serviceFolder: string, now: number, maxMs: number): Promise<number> {
  const text = await readFile(join(serviceFolder, PACE_FILE), 'utf8').catch(() => '');
  return Math.min(Number.parseInt(text, 10) || 0, now + maxMs);
}

/** Notes when the service may be asked again. Without the note, the next command does not wait. */
export async function writePace(serviceFolder: string, readyAt: number): Promise<void> {
  await writeFile(join(serviceFolder, PACE_FILE), `${readyAt}\n`).catch(() => {});
}
