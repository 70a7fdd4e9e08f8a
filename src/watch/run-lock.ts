import { dirname } from 'node:path';
import { lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../errors.ts';
import { makeFolder } from '../util/make-folder.ts';
import { sleep } from '../util/pause.ts';

/** A process that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;
const RETRY_MS = 50;
/** Longer than a run takes whose webhook does not answer. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Runs a task while no other process, and no other task of this one, holds the lock. A lock that a killed process left is
 * waited for until it is stale.
 * @param task gets a function that throws when the lock was lost, because this process was suspended for too long.
 * @throws PaperSearchError INDEX_LOCKED when the lock is held for too long or was lost, INDEX_UNWRITABLE when it cannot be
 *   made; the signal's reason when it aborts.
 */
export async function withRunLock<T>(
  file: string,
  task: (assertHeld: () => void) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let lost: Error | undefined;
  const release = await acquire(file, signal, (error) => {
    lost = error;
  });
  try {
    return await task(() => {
      if (!lost) return;
      const message = `This run was suspended for so long that another one may have taken over "${file}". Run it again.`;
      throw new PaperSearchError('INDEX_LOCKED', message, { cause: lost });
    });
  } finally {
    // A lock that another process took over must not be released.
    await release().catch(() => {});
  }
}

async function acquire(
  file: string,
  signal: AbortSignal | undefined,
  onCompromised: (error: Error) => void,
): Promise<() => Promise<void>> {
  const started = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    try {
      await makeFolder(dirname(file));
      return await lock(file, { realpath: false, stale: STALE_MS, onCompromised });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') {
        const message = `Cannot write to "${dirname(file)}": ${messageOf(cause)}.`;
        throw new PaperSearchError('INDEX_UNWRITABLE', message, { cause });
      }
      if (performance.now() - started > PATIENCE_MS) {
        const message = `Another run of this watch has held "${file}.lock" for ${PATIENCE_MS / 60_000} minutes. Run it again later.`;
        throw new PaperSearchError('INDEX_LOCKED', message, { cause });
      }
    }
    await sleep(RETRY_MS, signal);
  }
}
