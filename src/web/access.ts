import { libraryKey } from './library.ts';

/** The token of this library, stored in this browser. */
const KEY = libraryKey('paper-search.token');

/** The token that requests are sent with; undefined for none. One of this visit is used before one that is kept. */
export function keptToken(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is disabled.
    return undefined;
  }
}

/**
 * Stores the token, or removes it.
 * @param forVisit whether it is forgotten when the tab is closed.
 * @returns whether the browser stores it.
 */
export function keepToken(token: string | undefined, forVisit = false): boolean {
  try {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
    if (token !== undefined) (forVisit ? sessionStorage : localStorage).setItem(KEY, token);
    return true;
  } catch {
    return false;
  }
}
