import { PaperSearchError } from '../errors.ts';

/**
 * A signal that aborts when the user or the system stops the process (Ctrl-C, SIGTERM). A second one ends it at once.
 * @param message the message of the error.
 */
export function stopOnSignals(message: string): AbortSignal {
  const stop = new AbortController();
  onFirstSignal(['SIGINT', 'SIGTERM'], () => {
    stop.abort(new PaperSearchError('STOPPED', message));
    // A reader that waits for more input should stop too.
    process.stdin.destroy();
  });
  return stop.signal;
}

/**
 * Calls a function at the first of some signals; the next one ends the process at once. The listeners stay until then:
 * those of file locks end the process at the first signal when there are no others.
 */
export function onFirstSignal(names: readonly NodeJS.Signals[], onFirst: () => void): void {
  let isFirst = true;
  const listener = (name: NodeJS.Signals) => {
    if (isFirst) {
      isFirst = false;
      onFirst();
      return;
    }
    for (const each of names) process.off(each, listener);
    process.kill(process.pid, name);
  };
  for (const name of names) process.on(name, listener);
}
