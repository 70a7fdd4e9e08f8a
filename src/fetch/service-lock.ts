import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../errors.ts';

/** A holder that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;

/**
 * Makes sure that one process at a time asks a service for this folder of fetched papers.
 * @returns a function that gives the lock back.
 * @throws PaperSearchError FETCH_FAILED while another fetch runs, or when the folder cannot be written.
 */
export async function lockService(data: string, service: string): Promise<() => Promise<void>> {
  const folder = join(data, service);
  try {
    await mkdir(folder, { recursive: true });
    // The lock is a folder; an ingest passes over names that begin with a dot.
    const release = await lock(join(folder, '.fetch'), { realpath: false, stale: STALE_MS });
    return () => release().catch(() => {});
  } catch (cause) {
    const locked = cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED';
    const message = locked
      ? `Another fetch from ${service} is under way in "${data}", or was killed less than ${STALE_MS / 1000} seconds ago. Try again when it has ended.`
      : `Cannot write to "${folder}": ${messageOf(cause)}.`;
    throw new PaperSearchError('FETCH_FAILED', message, { details: { folder }, cause });
  }
}
