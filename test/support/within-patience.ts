import { createContext, runInContext } from 'node:vm';

/** Far longer than anything takes that grows with the length of its input, on a slow and busy machine. */
const PATIENCE_MS = 20_000;

/**
 * Runs a function that does not wait, and stops it, within a regular expression too, where it would not end.
 * @returns what it returns. @throws what it throws; Error when it was stopped.
 */
export function withinPatience<T>(run: () => T): T {
  return runInContext('run()', createContext({ run }), { timeout: PATIENCE_MS }) as T;
}
