import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AllowedUrls } from '../../../src/ingest/fetch/allowed-url.ts';

const PREFIXES = ['https://api.example.org/v1/', 'https://oai.example.org/'];

test.each([
  'https://api.example.org/v1/papers?q=http://elsewhere.org/',
  'https://oai.example.org/oai?verb=Identify',
  'https://OAI.example.org:443/oai',
])('accepts %s as the service', (url) => {
  expect(new AllowedUrls(PREFIXES).resolve(new URL(url)).href).toBe(new URL(url).href);
});

test.each([
  'http://api.example.org/v1/papers',
  'https://api.example.org/v2/papers',
  'https://api.example.org/v1/../v2/papers',
  'https://api.example.org/v1/..%2fv2/papers',
  'https://api.example.org:8443/v1/papers',
  'https://api.example.org.evil.net/v1/papers',
  'https://evil.net/https://api.example.org/v1/',
  'https://api.example.org@evil.net/v1/',
  'https://someone@api.example.org/v1/papers',
  'https://127.0.0.1/v1/papers',
  'file:///etc/passwd',
])('refuses %s', (url) => {
  expect(() => new AllowedUrls(PREFIXES).resolve(new URL(url))).toThrow(
    expect.objectContaining({ code: 'FETCH_REFUSED' }),
  );
});

test('a base replaces the services and no other host', () => {
  const allowed = new AllowedUrls(PREFIXES, 'http://127.0.0.1:4000');
  const resolve = (url: string) => allowed.resolve(new URL(url)).href;
  expect(resolve('https://api.example.org/v1/papers?q=a')).toBe(
    'http://127.0.0.1:4000/api.example.org/v1/papers?q=a',
  );
  expect(resolve('http://127.0.0.1:4000/elsewhere')).toBe('http://127.0.0.1:4000/elsewhere');
  expect(() => resolve('https://evil.net/v1/')).toThrow(/Refused to follow to https:\/\/evil.net/);
  expect(() => resolve('http://127.0.0.1:4001/')).toThrow(/Refused/);
});

test.each([
  'http://evil.net',
  'https://evil.net',
  'http://127.0.0.1.evil.net',
  'http://localhost:80',
  'http://10.0.0.1',
  'nonsense',
])('refuses %s as a base', (base) => {
  expect(() => new AllowedUrls(PREFIXES, base)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
});

test.each(['http://127.0.0.1:80', 'http://127.1.2.3', 'http://[::1]:9000'])('%s is a base', (base) => {
  expect(() => new AllowedUrls(PREFIXES, base)).not.toThrow();
});

test('sends a request to the service or nowhere, whatever the URL', () => {
  const allowed = new AllowedUrls(PREFIXES);
  const near = fc.tuple(
    fc.constantFrom('https:', 'http:', 'ftp:'),
    fc.constantFrom('//', '/', '\\\\', '//user@'),
    fc.constantFrom('api.example.org', 'oai.example.org', 'API.EXAMPLE.ORG', 'evil.net', 'api.example.org.'),
    fc.constantFrom('', ':443', ':80', '@evil.net', '#', '?'),
    fc.oneof(fc.webPath(), fc.string(), fc.constantFrom('/v1/', '/v1/../../x', '/v1/%2e%2e/x', '/v1/..%5cx')),
  );
  const urls = fc
    .oneof(
      fc.webUrl(),
      near.map((parts) => parts.join('')),
    )
    .filter((text) => URL.canParse(text));
  fc.assert(
    fc.property(urls, (text) => {
      let resolved: URL;
      try {
        resolved = allowed.resolve(new URL(text));
      } catch (error) {
        expect(error).toMatchObject({ code: 'FETCH_REFUSED' });
        return;
      }
      expect(resolved.href).toMatch(/^https:\/\/(?:api\.example\.org\/v1\/|oai\.example\.org\/)/);
      expect(resolved.pathname.split(/\/|%2f|%5c/i)).not.toContain('..');
    }),
    { numRuns: 500 },
  );
});
