import { createContext, runInContext } from 'node:vm';

/** Far longer than any function takes whose time grows with the length of its input, on a slow and busy machine. */
const PATIENCE_MS = 20_000;

/**
 * Runs a synchronous function, and stops it if it does not end, even within a regular expression.
 * @returns what it returns. @throws what it throws; Error when it was stopped.
 */
export function withinPatience<T>(run: () => T): T {
  return runInContext('run()', createContext({ run }), { timeout: PATIENCE_MS }) as T;
}
