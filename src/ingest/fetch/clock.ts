import { sleep } from '../../util/pause.ts';

/** Time and chance, so that tests need neither wait nor guess. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds. @throws the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number of at least 0 and below 1. */
  random(): number;
}

/** The machine's own clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    await sleep(ms, signal);
    signal?.throwIfAborted();
  },
  random: () => Math.random(),
};
