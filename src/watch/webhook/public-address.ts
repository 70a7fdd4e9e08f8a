import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { PaperSearchError } from '../../errors.ts';

/** Networks that are not the public internet (RFC 6890 and the IANA registries of special-purpose addresses). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}

/** The only public addresses of IPv6 (2000::/3), without those that contain an address of IPv4, or are for documents. */
const PUBLIC_V6 = new BlockList();
PUBLIC_V6.addSubnet('2000::', 3, 'ipv6');
const RESERVED_V6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  RESERVED_V6.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is on the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !PRIVATE.check(address, 'ipv4');
  return isIP(address) === 6 && PUBLIC_V6.check(address, 'ipv6') && !RESERVED_V6.check(address, 'ipv6');
}

/**
 * Refuses an address of a webhook that only this machine or its network has: a stranger must not reach them through us.
 * A name is checked when it is resolved (`lookupPublic`).
 * @throws PaperSearchError FETCH_REFUSED.
 */
export function expectPublicUrl(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = url.protocol === 'https:' && (isIP(host) === 0 || isPublicAddress(host));
  if (isAllowed && url.port === '') return;
  const message = `A webhook that is set over HTTP must be at https://, at the usual port of a public address: "${url.origin}" is not. Set it with "paper-search watch edit" on the server's machine.`;
  throw new PaperSearchError('FETCH_REFUSED', message, { details: { url: url.origin } });
}

/**
 * Resolves a name for a connection, which is then made to the address that was checked: a name that is resolved again
 * could lead elsewhere. Every address of the name must be public.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, []);
      return;
    }
    const wrong = addresses.find(({ address }) => !isPublicAddress(address));
    if (wrong || addresses.length === 0) {
      const message = `Refused to connect to ${hostname}: its address is not public.`;
      callback(new PaperSearchError('FETCH_REFUSED', message, { details: { host: hostname } }), []);
      return;
    }
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};
