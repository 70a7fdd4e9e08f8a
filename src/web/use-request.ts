import { useEffect, useState } from 'preact/hooks';
import { ApiError, isAbort } from './api.ts';

/** A request as a view shows it. `data` of the last answer stays while the next one loads, and beside an error. */
export interface RequestState<T> {
  readonly loading: boolean;
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  /** Asks once more. */
  readonly retry: () => void;
}

/** Answers that were seen lately, so that going back is at once. */
const seen = new Map<string, unknown>();
const MOST_SEEN = 40;

/**
 * Asks for what a view shows, gives up what is outdated, and remembers what was answered.
 * @param key tells requests apart; undefined asks for nothing.
 */
export function useRequest<T>(
  key: string | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): RequestState<T> {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<Omit<RequestState<T>, 'retry'>>(() => stateFor<T>(key, undefined));
  // The key stands for what is asked.
  useEffect(() => {
    const next = stateFor<T>(key, state.data);
    setState(next);
    if (!next.loading) return;
    const abort = new AbortController();
    ask(abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        remember(key!, data);
        setState({ loading: false, data, error: undefined });
      },
      (thrown: unknown) => {
        if (abort.signal.aborted || isAbort(thrown)) return;
        const error = thrown instanceof ApiError ? thrown : new ApiError('UNKNOWN', String(thrown));
        setState((now) => ({ loading: false, data: now.data, error }));
      },
    );
    return () => abort.abort();
  }, [key, tries]);
  return { ...state, retry: () => setTries((n) => n + 1) };
}

function stateFor<T>(key: string | undefined, last: T | undefined): Omit<RequestState<T>, 'retry'> {
  if (key === undefined) return { loading: false, data: undefined, error: undefined };
  if (seen.has(key)) return { loading: false, data: seen.get(key) as T, error: undefined };
  return { loading: true, data: last, error: undefined };
}

function remember(key: string, data: unknown): void {
  seen.delete(key);
  seen.set(key, data);
  if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value!);
}
