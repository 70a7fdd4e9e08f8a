import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../errors.ts';
import { LAYOUT } from './layout.ts';

/** A holder that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;

/**
 * Makes sure that one ingest at a time writes to an index. A lock left by a killed ingest is waited for until
 * it is stale; one that is renewed belongs to an ingest that runs.
 * @returns a function that gives the lock back.
 * @throws PaperSearchError INDEX_LOCKED while another ingest runs.
 */
export async function lockForIngest(indexFolder: string): Promise<() => Promise<void>> {
  await mkdir(indexFolder, { recursive: true });
  const path = join(indexFolder, LAYOUT.lock);
  const retries = { retries: 12, factor: 1, minTimeout: 1000, maxTimeout: 1000 };
  try {
    return await lock(path, { realpath: false, stale: STALE_MS, update: STALE_MS / 4, retries });
  } catch (cause) {
    throw new PaperSearchError(
      'INDEX_LOCKED',
      `Another ingest is writing to "${indexFolder}" (${messageOf(cause)}). Wait for it to end, then try again.`,
      { details: { index: indexFolder }, cause },
    );
  }
}
