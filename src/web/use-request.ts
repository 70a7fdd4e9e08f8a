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

/** What is known, and of which request. */
interface Known<T> extends Omit<RequestState<T>, 'retry'> {
  readonly key: string | undefined;
}

/** Answers that were seen lately, so that going back is at once. */
const seen = new Map<string, unknown>();
const MAX_SEEN = 40;

/**
 * Asks for what a view shows, gives up what is outdated, and remembers what was answered.
 * @param key tells requests apart; undefined asks for nothing.
 */
export function useRequest<T>(
  key: string | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): RequestState<T> {
  const [tries, setTries] = useState(0);
  const [known, setKnown] = useState(() => begun<T>(key, undefined));
  // A new request shows from its first drawing on that it loads.
  const current = known.key === key ? known : begun(key, known.data);
  useEffect(() => {
    const next = begun(key, known.data);
    setKnown(next);
    if (!next.loading) return;
    const abort = new AbortController();
    ask(abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        remember(key!, data);
        setKnown({ key, loading: false, data, error: undefined });
      },
      (thrown: unknown) => {
        if (abort.signal.aborted || isAbort(thrown)) return;
        const error = thrown instanceof ApiError ? thrown : new ApiError('UNKNOWN', String(thrown));
        setKnown((last) => ({ key, loading: false, data: last.data, error }));
      },
    );
    return () => abort.abort();
  }, [key, tries]);
  return {
    loading: current.loading,
    data: current.data,
    error: current.error,
    retry: () => setTries((n) => n + 1),
  };
}

/** Whether the answer to a request is known without asking. */
export function isRemembered(key: string): boolean {
  return seen.has(key);
}

function begun<T>(key: string | undefined, last: T | undefined): Known<T> {
  if (key === undefined) return { key, loading: false, data: undefined, error: undefined };
  if (seen.has(key)) return { key, loading: false, data: seen.get(key) as T, error: undefined };
  return { key, loading: true, data: last, error: undefined };
}

function remember(key: string, data: unknown): void {
  seen.delete(key);
  seen.set(key, data);
  if (seen.size > MAX_SEEN) seen.delete(seen.keys().next().value!);
}
