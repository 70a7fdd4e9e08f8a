import { ApiError } from './api.ts';

/** Errors that pass by themselves: what could not be sent is sent again. */
const PASSING: ReadonlySet<string> = new Set([
  'UNREACHABLE',
  'UNREADABLE',
  'INDEX_LOCKED',
  'OVERLOADED',
  'RATE_LIMITED',
  'STOPPED',
]);

/** Whether an error passes by itself. */
export function isPassing(thrown: unknown): boolean {
  return thrown instanceof ApiError && PASSING.has(thrown.code);
}

/** Whether the server wants another token. */
export function isTokenRefused(thrown: unknown): boolean {
  return thrown instanceof ApiError && (thrown.code === 'UNAUTHORIZED' || thrown.code === 'FORBIDDEN');
}
