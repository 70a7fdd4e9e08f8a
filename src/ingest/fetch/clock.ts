import { sleep } from '../../util/pause.ts';

/** Time and random numbers, so that tests neither wait nor depend on chance. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds. @throws the signal's reason when it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number of at least 0 and below 1. */
  random(): number;
}

/** The clock of this machine. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    await sleep(ms, signal);
    signal?.throwIfAborted();
  },
  random: () => Math.random(),
};
