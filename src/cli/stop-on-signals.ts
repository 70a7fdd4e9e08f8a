import { PaperSearchError } from '../errors.ts';

/**
 * A signal that aborts when the user or the system asks the process to stop (Ctrl-C, SIGTERM).
 * @param message what the user is told.
 */
export function stopOnSignals(message: string): AbortSignal {
  const stop = new AbortController();
  const onSignal = () => {
    stop.abort(new PaperSearchError('STOPPED', message));
    // Whoever waits for more of it should stop too.
    process.stdin.destroy();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  return stop.signal;
}
