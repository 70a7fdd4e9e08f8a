import type { Request } from 'express';

/** A host name or address, and a port: nothing that could end a link or begin markup. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,253})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The address at which a client reaches this server, without a slash at its end. Its header Host is anybody's text: one
 * that is no host is passed over for the address that the connection came to.
 */
export function baseUrl(request: Request): string {
  const host = request.get('Host') ?? '';
  if (HOST.test(host)) return `${request.protocol}://${host.toLowerCase()}`;
  const { localAddress = '127.0.0.1', localPort, localFamily } = request.socket;
  return `${request.protocol}://${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${localPort}`;
}
