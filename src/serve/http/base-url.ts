import type { Request } from 'express';

/** A host name or address with an optional port, without characters that could end a link or begin markup. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,253})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The URL under which the client reaches this server, without a final slash. The header Host can be any text: if it is
 * not a valid host, the local address of the connection is used.
 */
export function baseUrl(request: Request): string {
  const host = request.get('Host') ?? '';
  if (HOST.test(host)) return `${request.protocol}://${host.toLowerCase()}`;
  const { localAddress = '127.0.0.1', localPort, localFamily } = request.socket;
  return `${request.protocol}://${localFamily === 'IPv6' ? `[${localAddress}]` : localAddress}:${localPort}`;
}
