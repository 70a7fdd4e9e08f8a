import { describe, expect, test } from 'vitest';
import { hostName, origin, trustedProxies } from '../../src/cli/server-options.ts';
import { hostsOf, rateOf } from '../../src/cli/start-server.ts';

describe('--trust-proxy', () => {
  test.each([
    ['1', 1],
    ['10', 10],
    ['127.0.0.1', ['127.0.0.1']],
    ['10.0.0.0/8, ::1,2001:db8::/32', ['10.0.0.0/8', '::1', '2001:db8::/32']],
    ['loopback,uniquelocal', ['loopback', 'uniquelocal']],
  ])('%s is read', (text, expected) => {
    expect(trustedProxies(text)).toEqual(expected);
  });

  test.each([
    '',
    '0',
    '11',
    '-1',
    'true',
    'all',
    'example.org',
    '10.0.0.0/33',
    '::1/129',
    '1.2.3',
    'loopback,',
  ])('%s is refused', (text) => {
    expect(() => trustedProxies(text)).toThrow('Expected how many proxies');
  });
});

describe('--cors', () => {
  test('is repeated', () => {
    expect(origin('http://localhost:5173', origin('https://example.org'))).toEqual([
      'https://example.org',
      'http://localhost:5173',
    ]);
    expect(origin('*')).toEqual(['*']);
  });

  test.each([
    '',
    'example.org',
    'https://example.org/',
    'https://example.org/a',
    'null',
    'HTTPS://Example.org',
  ])('%s is refused', (text) => {
    expect(() => origin(text)).toThrow('Expected an origin');
  });
});

test.each([
  [{ host: '127.0.0.1' }, undefined],
  [{ host: '0.0.0.0' }, 600],
  [{ host: '127.0.0.1', trustProxy: 1 }, 600],
  [{ host: '127.0.0.1', rateLimit: 5 }, 5],
  [{ host: '0.0.0.0', rateLimit: 5 }, 5],
  [{ host: '0.0.0.0', rateLimit: 0 }, undefined],
])('of %o, the limit is %s a minute', (options, expected) => {
  expect(rateOf(options)).toBe(expected);
});

describe('--allow-host', () => {
  test('is repeated', () => {
    expect(hostName('Papers.example.org', hostName('db1'))).toEqual(['db1', 'papers.example.org']);
  });

  test.each(['', '*', 'https://example.org', 'example.org:80', 'example.org/', 'a b', '.org'])(
    '%s is refused',
    (text) => {
      expect(() => hostName(text)).toThrow('Expected a name');
    },
  );

  test.each([
    [{ host: '127.0.0.1' }, []],
    [{ host: '127.0.0.1', allowHost: ['db1'] }, ['db1']],
    [{ host: '127.0.0.1', trustProxy: 1 }, undefined],
    [{ host: '0.0.0.0' }, undefined],
    [{ host: '0.0.0.0', trustProxy: 1, allowHost: ['db1'] }, ['db1']],
  ])('of %o, the names are %s', (options, expected) => {
    expect(hostsOf(options)).toEqual(expected);
  });
});
