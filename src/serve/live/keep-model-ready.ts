import { setTimeout } from 'node:timers/promises';
import type { PaperSearchError } from '../../errors.ts';

export interface KeepModelReadyOptions {
  /** The error of the last use of the model. */
  readonly lastError: () => PaperSearchError | undefined;
  /** Loads the model. */
  readonly warmUp: () => Promise<void>;
  /** Called with an error when it differs from the one before. */
  readonly onError: (error: unknown) => void;
  /** Aborting stops the loop. */
  readonly signal: AbortSignal;
  /** Time between two attempts (milliseconds). Default 10,000. */
  readonly pauseMs?: number | undefined;
}

/**
 * Loads the model, and tries again whenever it has failed. A server that is not ready gets no queries, so queries would
 * not load it again.
 */
export async function keepModelReady(options: KeepModelReadyOptions): Promise<void> {
  const { lastError, warmUp, onError, signal, pauseMs = 10_000 } = options;
  let reported = '';
  while (!signal.aborted) {
    if (lastError()) {
      await warmUp().then(
        () => {
          reported = '';
        },
        (error) => {
          if (String(error) !== reported && !signal.aborted) onError(error);
          reported = String(error);
        },
      );
    }
    // Aborting ends the pause.
    await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
