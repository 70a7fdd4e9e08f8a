import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, isAbort } from './api.ts';
import { type Watch, type WatchReport, watchApi } from './watch-requests.ts';

/** What is known of the watches. */
export interface KnownWatches {
  /** Undefined until they are loaded. */
  readonly watches: readonly Watch[] | undefined;
  readonly error: ApiError | undefined;
  /** What each would report now, by name, or why that is not known; absent while it is loading. */
  readonly previews: ReadonlyMap<string, WatchReport | ApiError>;
  /** Loads everything again. What is shown stays until then. */
  readonly reload: () => void;
}

/** The watches and their previews. @param isWanted without, nothing is requested. */
export function useWatches(isWanted: boolean): KnownWatches {
  const [watches, setWatches] = useState<readonly Watch[]>();
  const [error, setError] = useState<ApiError>();
  const [previews, setPreviews] = useState<ReadonlyMap<string, WatchReport | ApiError>>(new Map());
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (!isWanted) return undefined;
    const abort = new AbortController();
    void load(abort.signal).catch((thrown: unknown) => {
      if (!isAbort(thrown)) setError(asApiError(thrown));
    });
    return () => abort.abort();
  }, [isWanted, times]);

  async function load(signal: AbortSignal): Promise<void> {
    const loaded = await watchApi.list(signal);
    setWatches(loaded);
    setError(undefined);
    // One after the other: each is a search, and a reader may have many.
    for (const { name } of loaded) {
      const preview = await watchApi.preview(name, signal).catch((thrown: unknown) => {
        if (isAbort(thrown)) throw thrown;
        return asApiError(thrown);
      });
      setPreviews((known) => new Map(known).set(name, preview));
    }
  }
  const reload = useCallback(() => setTimes((n) => n + 1), []);
  return { watches, error, previews, reload };
}

/** An error of a request, for readers. */
export function asApiError(thrown: unknown): ApiError {
  return thrown instanceof ApiError ? thrown : new ApiError('UNKNOWN', String(thrown));
}
