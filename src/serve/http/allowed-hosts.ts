import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import { PaperSearchError } from '../../errors.ts';

/**
 * Refuses requests unless the header Host is an IP address, a loopback name (`localhost`), or one of these names. A web
 * page elsewhere can make its name resolve to this machine (DNS rebinding). The browser then treats the server as the
 * page's own origin, and only the name in Host shows the difference.
 * @param names in lower case; undefined allows any Host.
 * @returns a handler that throws PaperSearchError FORBIDDEN.
 */
export function expectHost(names: readonly string[] | undefined): RequestHandler {
  if (names === undefined) return (_request, _response, next) => next();
  return (request, _response, next) => {
    const host = request.get('Host');
    // Every browser sends Host; other clients may leave it out.
    if (host === undefined || isOwnName(nameOf(host)) || names.includes(nameOf(host))) return next();
    throw new PaperSearchError(
      'FORBIDDEN',
      'The name in the header Host is not allowed here. Use the address of the server, or start it with --allow-host NAME.',
    );
  };
}

/** The name in Host: without port and final dot, in lower case. */
function nameOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d{1,5}$/, '')
    .replace(/\.$/, '');
}

/**
 * Whether a name always refers to this machine or is an address: browsers resolve `localhost` to the machine they run
 * on (RFC 6761).
 */
function isOwnName(name: string): boolean {
  const address = /^\[(.+)\]$/.exec(name)?.[1] ?? name;
  return isIP(address) !== 0 || name === 'localhost' || name.endsWith('.localhost');
}
