import { libraryKey } from './library.ts';

/** The token of this library, stored in this browser. */
const KEY = libraryKey('paper-search.token');

/** The token that requests are sent with; undefined for none. */
export function keptToken(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is disabled.
    return undefined;
  }
}

/** Stores the token, or removes it. @returns whether the browser stores it. */
export function keepToken(token: string | undefined): boolean {
  try {
    if (token === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, token);
    return true;
  } catch {
    return false;
  }
}
