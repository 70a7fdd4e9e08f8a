import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Review } from '../../review/service.ts';
import { type ApiError, isAbort } from '../api.ts';
import { asApiError } from '../use-watches.ts';
import { reviewApi } from './requests.ts';

/** What is asked of the server; what is known stays while it is asked again. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly reload: () => void;
  /** Shows what an answer to a change has brought. */
  readonly replace: (data: T) => void;
}

/** Loads something of a review. It is not cached: other reviewers change it. @param key identifies it. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [known, setKnown] = useState<{ key: string; data?: T; error?: ApiError }>({ key });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (data) => setKnown({ key, data }),
      (thrown: unknown) => {
        if (!abort.signal.aborted && !isAbort(thrown))
          setKnown((last) => ({ ...(last.key === key && last), key, error: asApiError(thrown) }));
      },
    );
    return () => abort.abort();
  }, [key, times]);
  const current = known.key === key ? known : { key };
  return {
    data: current.data,
    error: current.error,
    reload: useCallback(() => setTimes((n) => n + 1), []),
    replace: useCallback((data: T) => setKnown({ key, data }), [key]),
  };
}

/** A review with its protocol. */
export function useReview(id: string): Loaded<Review> {
  return useLoaded(`review ${id}`, (signal) => reviewApi.read(id, signal));
}
