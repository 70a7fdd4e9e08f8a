import { useEffect, useState } from 'preact/hooks';
import { ApiError, isAbort } from './api.ts';

/** The state of a request. `data` of the last answer is kept while the next one loads, and beside an error. */
export interface RequestState<T> {
  readonly loading: boolean;
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  /** Sends the request again. */
  readonly retry: () => void;
}

/** A known state, and the key of its request. */
interface Known<T> extends Omit<RequestState<T>, 'retry'> {
  readonly key: string | undefined;
}

/** Recent answers, so that going back is instant. */
const seen = new Map<string, unknown>();
const MAX_SEEN = 40;

/**
 * Sends the request of a view, aborts outdated requests, and caches answers.
 * @param key identifies the request; undefined sends none.
 */
export function useRequest<T>(
  key: string | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): RequestState<T> {
  const [tries, setTries] = useState(0);
  const [known, setKnown] = useState(() => begun<T>(key, undefined));
  // A new request is shown as loading from its first rendering.
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

/** Whether the answer to a request is cached. */
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
