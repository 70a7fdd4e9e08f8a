import { setImmediate, setTimeout } from 'node:timers/promises';

/**
 * Lets other work of this thread run: timers, input and output, requests. Long loops call it every so many rounds.
 * @throws the signal's reason when it is aborted.
 */
export async function pause(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

/** Waits for some milliseconds, or until the signal is aborted; never rejects, so the caller checks the signal. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
