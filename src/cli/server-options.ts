import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { LIBRARY_NAME } from '../serve/http/libraries.ts';

/** Log levels, from nothing to everything. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Longest chain of proxies that is trusted. */
const MAX_PROXIES = 10;
const NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Parses the trusted proxies: how many there are, or their addresses and networks, separated by commas.
 * @throws InvalidArgumentError for anything else.
 */
export function trustedProxies(text: string): number | readonly string[] {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_PROXIES) return Number(text);
  const proxies = text.split(',').map((proxy) => proxy.trim());
  if (proxies.every(isNetwork)) return proxies;
  throw new InvalidArgumentError(
    `Expected how many proxies there are (1 to ${MAX_PROXIES}), or their addresses, separated by commas: 10.0.0.0/8, loopback.`,
  );
}

/**
 * Parses an origin as browsers send it; the option may be repeated.
 * @throws InvalidArgumentError for anything else, such as an address with a path.
 */
export function origin(text: string, earlier: readonly string[] = []): readonly string[] {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return [...earlier, text];
  throw new InvalidArgumentError('Expected an origin such as https://example.org, without a path, or *.');
}

/**
 * Parses a host name that the server accepts; the option may be repeated.
 * @returns the names in lower case.
 * @throws InvalidArgumentError for anything else, such as a name with a port.
 */
export function hostName(text: string, earlier: readonly string[] = []): readonly string[] {
  if (/^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/i.test(text)) return [...earlier, text.toLowerCase()];
  throw new InvalidArgumentError('Expected a name such as papers.example.org, without scheme and port.');
}

/** A library to serve: its name, and the folder of its index. */
export interface LibraryFolder {
  readonly name: string;
  readonly index: string;
}

/** Which names libraries can have, for messages. */
export const NAMES_OF_LIBRARIES =
  'Names have up to 64 letters, digits and . _ -, and begin with a letter or digit.';

/** Parses `NAME=DIR`; the option may be repeated. @throws InvalidArgumentError for anything else. */
export function libraryFolder(text: string, earlier: readonly LibraryFolder[] = []): LibraryFolder[] {
  const [, name, index] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || index === undefined || !LIBRARY_NAME.test(name)) {
    throw new InvalidArgumentError(`Expected NAME=DIR: vision=indexes/vision. ${NAMES_OF_LIBRARIES}`);
  }
  return [...earlier, { name, index }];
}

function isNetwork(text: string): boolean {
  if (NETWORKS.includes(text)) return true;
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits ?? 0) <= (family === 4 ? 32 : 128);
}
