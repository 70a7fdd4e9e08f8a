import { lockForIngest } from '../../indexes/store/ingest-lock.ts';
import { openSnapshot } from '../../indexes/store/snapshot-reader.ts';

interface LockOptions {
  /** Folder of the index. Default `index`. */
  readonly index?: string | undefined;
  /** Called when another process writes to the index. */
  readonly onProgress?: ((progress: { readonly stage: 'waiting' }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a task while no other process writes to the index.
 * @param use receives a signal that also aborts when the lock is lost.
 * @throws PaperSearchError INDEX_MISSING, INDEX_LOCKED or INDEX_UNWRITABLE.
 */
export async function locked<T>(
  { index = 'index', onProgress = () => {}, signal }: LockOptions,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // Taking the lock creates the folder, which must not happen for an index that does not exist.
  (await openSnapshot(index)).close();
  const lost = new AbortController();
  const either = signal ? AbortSignal.any([signal, lost.signal]) : lost.signal;
  const unlock = await lockForIngest(index, {
    onWait: () => onProgress({ stage: 'waiting' }),
    onLost: (error) => lost.abort(error),
    signal: either,
  });
  try {
    return await use(either);
  } finally {
    await unlock();
  }
}
