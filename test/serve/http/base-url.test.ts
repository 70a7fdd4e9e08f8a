import type { Request } from 'express';
import { expect, test } from 'vitest';
import { baseUrl } from '../../../src/serve/http/base-url.ts';

test.each([
  ['localhost:3000', 'http://localhost:3000'],
  ['Papers.Example.ORG', 'http://papers.example.org'],
  ['[::1]:8080', 'http://[::1]:8080'],
  ['127.0.0.1', 'http://127.0.0.1'],
  // Not a valid host: the address of the connection.
  ['', 'http://10.0.0.1:7'],
  ['a"><script>', 'http://10.0.0.1:7'],
  ['a@b.org', 'http://10.0.0.1:7'],
  ['a.org/path', 'http://10.0.0.1:7'],
  ['a.org:x', 'http://10.0.0.1:7'],
  ['a b', 'http://10.0.0.1:7'],
])('returns for Host "%s" the URL %s', (host, base) => {
  const socket = { localAddress: '10.0.0.1', localPort: 7, localFamily: 'IPv4' };
  const request = { get: () => host, protocol: 'http', socket, baseUrl: '' };
  expect(baseUrl(request as unknown as Request)).toBe(base);
});

test.each(['/libraries/a', '/v1/libraries/a'])('includes the library of a request at %s', (mounted) => {
  const request = { get: () => 'localhost', protocol: 'http', socket: {}, baseUrl: mounted };
  expect(baseUrl(request as unknown as Request)).toBe('http://localhost/libraries/a');
});
