import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { PaperSearchError } from '../../errors.ts';

/**
 * Answers only requests whose header Host is an address, a name of this machine's own (`localhost`), or one of these
 * names. A web page elsewhere can have its name resolve to this machine (DNS rebinding); for the browser, the server is
 * then of the page's own origin, and all that tells is the name.
 * @param names in lower case; undefined for any Host.
 * @returns a handler that throws PaperSearchError FORBIDDEN.
 */
export function expectHost(names: readonly string[] | undefined): RequestHandler {
  if (names === undefined) return (_request, _response, next) => next();
  return (request, _response, next) => {
    const host = request.get('Host');
    // Every browser sends one.
    if (host === undefined || isOwnName(nameOf(host)) || names.includes(nameOf(host))) return next();
    throw new PaperSearchError(
      'FORBIDDEN',
      'This server does not answer to the name in the header Host. Use its address, or start it with --allow-host NAME.',
    );
  };
}

/** A Host without its port and the dot of a full name, in lower case. */
function nameOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}

/** Whether a name cannot be somebody else's: an address, or one that browsers resolve to the machine they run on (RFC 6761). */
function isOwnName(name: string): boolean {
  const address = /^\[(.+)\]$/.exec(name)?.[1] ?? name;
  return isIP(address) !== 0 || name === 'localhost' || name.endsWith('.localhost');
}
