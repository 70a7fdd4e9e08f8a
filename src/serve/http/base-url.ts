import type { Request } from 'express';

/** A host name or address with an optional port, without characters that could end a link or begin markup. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]{0,253})|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/**
 * The URL under which the client reaches this server, without a final slash: that of the library, if the request names
 * one. Together with `request.url` it is the URL of the request. The header Host can be any text: if it is
 * not a valid host, the local address of the connection is used.
 */
export function baseUrl(request: Request): string {
  const host = request.get('Host') ?? '';
  // The page of a library is at the path without /v1.
  const library = request.baseUrl.replace(/^\/v1(?=\/)/i, '');
  if (HOST.test(host)) return `${request.protocol}://${host.toLowerCase()}${library}`;
  const { localAddress = '127.0.0.1', localPort, localFamily } = request.socket;
  const address = localFamily === 'IPv6' ? `[${localAddress}]` : localAddress;
  return `${request.protocol}://${address}:${localPort}${library}`;
}
