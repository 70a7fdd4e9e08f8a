import { PaperSearchError } from '../errors.ts';

/**
 * A signal that aborts when the user or the system stops the process (Ctrl-C, SIGTERM).
 * @param message the message of the error.
 */
export function stopOnSignals(message: string): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    stop.abort(new PaperSearchError('STOPPED', message));
    // A reader that waits for more input should stop too.
    process.stdin.destroy();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  return stop.signal;
}
