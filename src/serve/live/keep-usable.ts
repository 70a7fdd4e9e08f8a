import { setTimeout } from 'node:timers/promises';
import type { PaperSearchError } from '../../errors.ts';

export interface KeepUsableOptions {
  /** Why the model could not be used the last time. */
  readonly trouble: () => PaperSearchError | undefined;
  /** Uses the model. */
  readonly warmUp: () => Promise<void>;
  /** Told of each other reason. */
  readonly onTrouble: (error: unknown) => void;
  /** Aborting ends it. */
  readonly signal: AbortSignal;
  /** Between two tries (milliseconds). Default 10,000. */
  readonly pauseMs?: number | undefined;
}

/**
 * Loads the model, and tries again whenever it does not run. A server that is not ready is sent no questions, so that
 * no question would bring it back.
 */
export async function keepUsable(options: KeepUsableOptions): Promise<void> {
  const { trouble, warmUp, onTrouble, signal, pauseMs = 10_000 } = options;
  let told = '';
  while (!signal.aborted) {
    if (trouble()) {
      await warmUp().then(
        () => {
          told = '';
        },
        (error) => {
          if (String(error) !== told && !signal.aborted) onTrouble(error);
          told = String(error);
        },
      );
    }
    // Aborting ends the pause.
    await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
