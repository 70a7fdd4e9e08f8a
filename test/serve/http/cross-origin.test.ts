import { expect, test } from 'vitest';
import { servedApp } from '../../support/app.ts';

const ORIGIN = 'https://example.org';

async function ask(url: string, origin: string, init: RequestInit = {}) {
  const { status, headers } = await fetch(`${url}/v1/search?q=a`, {
    ...init,
    headers: { Origin: origin, ...init.headers },
  });
  return { status, allowed: headers.get('access-control-allow-origin'), headers };
}
const preflight = { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'GET' } };

test('allows no other origin by default', async () => {
  const { url } = await servedApp();
  expect(await ask(url, ORIGIN)).toMatchObject({ status: 200, allowed: null });
  expect(await ask(url, ORIGIN, preflight)).toMatchObject({ status: 204, allowed: null });
});

test('allows a named origin with the headers that it needs, and no other', async () => {
  const { url } = await servedApp({ cors: [ORIGIN, 'http://localhost:5173'] });
  for (const origin of [ORIGIN, 'http://localhost:5173']) {
    const { allowed, headers } = await ask(url, origin);
    expect(allowed).toBe(origin);
    expect(headers.get('vary')).toContain('Origin');
    expect(headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  }
  const { headers } = await ask(url, ORIGIN, preflight);
  expect(headers.get('access-control-allow-methods')).toBe('GET,HEAD,POST,PATCH,DELETE');
  for (const origin of ['https://evil.org', 'https://example.org.evil.org', 'http://example.org', 'null']) {
    expect((await ask(url, origin)).allowed).toBeNull();
  }
});

test('allows every origin with *', async () => {
  const { url } = await servedApp({ cors: ['*'] });
  expect((await ask(url, 'https://anybody.org')).allowed).toBe('*');
});
