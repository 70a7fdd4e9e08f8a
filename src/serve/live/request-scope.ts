import { AsyncLocalStorage } from 'node:async_hooks';

const scopes = new AsyncLocalStorage<AbortSignal>();

/**
 * Runs a task on behalf of a request. Whatever the task calls, however deep, finds the request's signal: an encode
 * deep inside a search can be left out when nobody waits for it any more.
 * @param signal aborts when the answer is no longer wanted, or too late.
 */
export function withinRequest<T>(signal: AbortSignal, task: () => T): T {
  return scopes.run(signal, task);
}

/** The signal of the request that this code runs on behalf of; undefined outside any. */
export function requestSignal(): AbortSignal | undefined {
  return scopes.getStore();
}
