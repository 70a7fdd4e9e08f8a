import { LRUCache } from 'lru-cache';
import { PaperSearchError } from '../errors.ts';

/** Results by key. Requests that need the same result at the same time share one computation. */
export class SharedCache<T> {
  readonly #results: LRUCache<string, Promise<T>>;

  /** @param max most results kept; the least recently used one is dropped first. */
  constructor(max: number) {
    this.#results = new LRUCache({ max });
  }

  /**
   * The result for a key, computed if it is not known. A failed one is not kept.
   * @param lifetimeOf how long a result is kept (milliseconds); undefined for as long as there is room. Default: that.
   */
  get(
    key: string,
    compute: () => Promise<T>,
    lifetimeOf: (result: T) => number | undefined = () => undefined,
  ): Promise<T> {
    const known = this.#results.get(key);
    // The first request may have been aborted. Each round one of those that share a result computes it itself, so this ends.
    if (known) {
      return known.catch((error) =>
        isGivenUp(error) ? this.get(key, compute, lifetimeOf) : Promise.reject(error),
      );
    }
    const result = compute();
    this.#results.set(key, result);
    result.then(
      (value) => {
        const lifetime = lifetimeOf(value);
        if (lifetime !== undefined) this.#results.set(key, result, { ttl: lifetime });
      },
      () => this.#results.delete(key),
    );
    return result;
  }
}

/** Whether work was dropped because its request was aborted or too late, which does not affect other requests. */
function isGivenUp(error: unknown): boolean {
  if (error instanceof PaperSearchError) return error.code === 'OVERLOADED';
  return error instanceof Error && error.name === 'AbortError';
}
