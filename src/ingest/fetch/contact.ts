import { PaperSearchError } from '../../errors.ts';
import { VERSION } from '../../version.ts';

/**
 * The User-Agent of requests: this program, its version, and an address to write to when it misbehaves.
 * @param mailto an e-mail address. @throws PaperSearchError BAD_REQUEST when it is not one.
 */
export function userAgent(mailto?: string): string {
  const name = `paper-search/${VERSION}`;
  if (!mailto) return name;
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(mailto)) {
    throw new PaperSearchError('BAD_REQUEST', `Expected an e-mail address for --mailto, got "${mailto}".`);
  }
  return `${name} (mailto:${mailto})`;
}
