import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import type { Clock } from './clock.ts';

/** A holder that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;
const RETRY_MS = 1000;
const MAX_RETRIES = 12;

export interface ServiceLockOptions {
  readonly clock: Clock;
  /** Called once when another fetch holds the lock. */
  readonly onWait: () => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does some work while no other process asks a service for this folder of fetched papers. A lock left by a
 * killed fetch is waited for until it is stale; one that is renewed belongs to a fetch that runs.
 * @param work gets a signal that aborts as the given one does, or when the lock was lost, because this
 *   process was suspended for too long.
 * @throws PaperSearchError FETCH_FAILED while another fetch runs, or when the folder cannot be written; the
 *   signal's reason when it aborts; what `work` throws.
 */
export async function withServiceLock<T>(
  data: string,
  service: string,
  options: ServiceLockOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, lost.signal]) : lost.signal;
  const release = await lockService(data, service, options, () => {
    const message = `This fetch was suspended for so long that another may have taken over "${join(data, service)}". Run it again; it continues where it stopped.`;
    lost.abort(new PaperSearchError('FETCH_FAILED', message));
  });
  try {
    return await work(signal);
  } finally {
    // A lock that another process took over must not be released.
    await release().catch(() => {});
  }
}

async function lockService(
  data: string,
  service: string,
  { clock, onWait, signal }: ServiceLockOptions,
  onCompromised: () => void,
): Promise<() => Promise<void>> {
  const folder = join(data, service);
  for (let attempt = 0; ; attempt++) {
    try {
      await makeFolder(folder);
      // The lock is a folder; an ingest skips names that begin with a dot.
      return await lock(join(folder, '.fetch'), { realpath: false, stale: STALE_MS, onCompromised });
    } catch (cause) {
      const locked = cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED';
      if (!locked || attempt >= MAX_RETRIES) {
        const message = locked
          ? `Another fetch from ${service} into "${data}" is under way. Wait for it to end, then try again.`
          : `Cannot write to "${folder}": ${messageOf(cause)}.`;
        throw new PaperSearchError('FETCH_FAILED', message, { details: { folder }, cause });
      }
    }
    if (attempt === 0) onWait();
    await clock.sleep(RETRY_MS, signal);
  }
}
