import { setImmediate, setTimeout } from 'node:timers/promises';
import { giveWay } from './background.ts';

/**
 * Lets other work of this thread run: timers, input and output, requests. Long loops call it every so many rounds. Work in the
 * background (`setBackground`) waits here while requests are being answered.
 * @throws the signal's reason when it is aborted.
 */
export async function pause(signal?: AbortSignal): Promise<void> {
  await setImmediate();
  await giveWay(signal);
  signal?.throwIfAborted();
}

/**
 * Does work that is written as steps, and lets other work of this thread run between them.
 * @returns what the steps return in the end. @throws what they throw; the signal's reason when it is aborted.
 */
export async function inSteps<T>(steps: Iterator<void, T>, signal?: AbortSignal): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    await pause(signal);
    step = steps.next();
  }
  return step.value;
}

/** Waits for some milliseconds, or until the signal is aborted; never rejects, so the caller checks the signal. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}
